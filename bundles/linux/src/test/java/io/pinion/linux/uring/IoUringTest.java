package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.uring.Rings.Done;
import io.pinion.linux.uring.Rings.Pipe;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a ring does whatever the operations are: on the real kernel. */
@Timeout(120)
class IoUringTest {
    @ParameterizedTest
    @EnumSource
    void completesMoreThanItHasRoomFor(RingKind kind) throws Exception {
        try (IoUring ring = Rings.open(kind, RingOptions.entries(8))) {
            BitSet done = new BitSet();
            for (int i = 0; i < 1000; i++) {
                if (ring.prepare().room() == 0) {
                    assertEquals(8, ring.submit(8, Rings.LONG));
                    assertEquals(8, ring.reap((userData, result) -> done.set((int) userData)));
                }
                ring.prepare().nop(0, i);
            }
            Rings.complete(ring, ring.pending()).forEach(d -> done.set((int) d.userData()));
            assertEquals(1000, done.cardinality());
            assertTrue(ring.isQuiet());
        }
    }

    @Test
    void refusesWhatItHasNoRoomFor() throws Exception {
        try (IoUring ring = Rings.open(RingKind.OWNER_BOUND, RingOptions.entries(2))) {
            ring.prepare().nop(0, 1);
            ring.prepare().nop(0, 2);
            assertEquals(0, ring.prepare().room());
            assertThrows(IllegalStateException.class, () -> ring.prepare().nop(0, 3));
            assertEquals(List.of(new Done(1, 0), new Done(2, 0)), Rings.complete(ring, 2));
            assertEquals(2, ring.prepare().room());
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingWhenCompletionsOverflow(RingKind kind) throws Exception {
        try (IoUring ring = Rings.open(kind, RingOptions.entries(8).completions(8))) {
            for (int i = 0; i < 100; i++) {
                if (ring.prepare().room() == 0) {
                    ring.submit(0, 0);
                }
                ring.prepare().nop(0, i);
            }
            assertEquals(8, ring.submit(100, Rings.LONG), "no more than have room");
            BitSet done = new BitSet();
            assertEquals(100, ring.reap((userData, result) -> done.set((int) userData)));
            assertEquals(100, done.cardinality());
            assertEquals(0, ring.pending());
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsNoLongerThanAsked(RingKind kind) throws Exception {
        try (Pipe pipe = new Pipe();
                IoUring ring = Rings.open(kind, RingOptions.entries(4))) {
            pipe.read(ring, 7);
            long begun = System.nanoTime();
            assertEquals(0, ring.submit(1, TimeUnit.MILLISECONDS.toNanos(50)), "submitting and waiting");
            assertEquals(0, ring.submit(1, TimeUnit.MILLISECONDS.toNanos(50)), "waiting alone");
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            assertTrue(took >= 100 && took < 10_000, () -> took + " ms");
            assertEquals(0, ring.submit(1, 0));
            assertEquals(1, ring.pending());
            assertFalse(ring.isQuiet());
            pipe.write();
            assertEquals(List.of(new Done(7, 1)), Rings.complete(ring, 1));
            assertEquals(0, ring.submit(1, Rings.LONG), "nothing is pending");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tellsWithoutWaitingWhatHasCompleted(RingKind kind) throws Exception {
        try (Pipe pipe = new Pipe();
                IoUring ring = Rings.open(kind, RingOptions.entries(4))) {
            pipe.read(ring, 7);
            assertEquals(0, ring.submit(0, 0));
            pipe.write();
            long end = System.nanoTime() + Rings.LONG;
            while (ring.submit(0, 0) == 0 && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertEquals(1, ring.submit(0, 0));
            assertEquals(1, ring.reap((userData, result) -> assertEquals(7, userData)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelsWhatWaits(RingKind kind) throws Exception {
        try (Pipe pipe = new Pipe();
                IoUring ring = Rings.open(kind, RingOptions.entries(4))) {
            pipe.read(ring, 7);
            assertEquals(0, ring.submit(0, 0));
            ring.prepare().cancel(7, 8);
            ring.prepare().cancel(9, 10);
            List<Done> done = Rings.complete(ring, 3);
            assertTrue(done.contains(new Done(7, Errno.ECANCELED.result())), done::toString);
            assertTrue(done.contains(new Done(8, 0)), done::toString);
            assertTrue(done.contains(new Done(10, Errno.ENOENT.result())), done::toString);
        }
    }

    @Test
    void isItsOwnersAlone() throws Exception {
        try (IoUring ring = Rings.open(RingKind.OWNER_BOUND, RingOptions.entries(4))) {
            assertTrue(ring.kind().isOwnerBound());
            StorageException submit = failureElsewhere(() -> {
                ring.prepare().nop(0, 1);
                ring.submit(1, Rings.LONG);
            });
            assertEquals(Kind.WRONG_THREAD, submit.kind());
            assertEquals(OptionalInt.of(Errno.EEXIST.number()), submit.errno());
            assertEquals(
                    Kind.WRONG_THREAD,
                    failureElsewhere(() -> ring.files().set(0, 0)).kind());
            assertEquals(List.of(new Done(1, 0)), Rings.complete(ring, 1), "it is still prepared");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER_BOUND")
    void isDrainedByAnotherWhileItsOwnerSleeps(RingKind kind) throws Exception {
        try (Pipe pipe = new Pipe();
                IoUring ring = Rings.open(kind, RingOptions.entries(4))) {
            pipe.read(ring, 7);
            ring.submit(0, 0);
            CompletableFuture<List<Done>> other = CompletableFuture.supplyAsync(() -> {
                try {
                    pipe.write();
                    List<Done> done = new ArrayList<>(Rings.complete(ring, 1));
                    ring.prepare().nop(0, 8);
                    done.addAll(Rings.complete(ring, 1));
                    return done;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals(List.of(new Done(7, 1), new Done(8, 0)), other.get(60, TimeUnit.SECONDS));
            assertTrue(ring.isQuiet());
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesMoreFromWithinACompletion(RingKind kind) throws Exception {
        try (IoUring ring = Rings.open(kind, RingOptions.entries(4))) {
            List<Long> done = new ArrayList<>();
            ring.prepare().nop(0, 1);
            ring.prepare().nop(0, 2);
            ring.submit(2, Rings.LONG);
            assertEquals(2, ring.reap((userData, result) -> {
                done.add(userData);
                ring.prepare().nop(0, userData + 10);
                assertThrows(IllegalStateException.class, ring::close);
                assertThrows(IllegalStateException.class, () -> ring.reap((u, r) -> done.add(u)));
                submitAll(ring);
            }));
            assertEquals(2, ring.pending());
            ring.reap((userData, result) -> done.add(userData));
            assertEquals(List.of(1L, 2L, 11L, 12L), done);
        }
    }

    @Test
    void deliversOnceWhateverTheCompletionThrows() throws Exception {
        try (IoUring ring = Rings.open(RingKind.OWNER_BOUND, RingOptions.entries(4))) {
            ring.prepare().nop(0, 1);
            ring.prepare().nop(0, 2);
            ring.submit(2, Rings.LONG);
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> ring.reap((userData, result) -> {
                        throw new UnsupportedOperationException();
                    }));
            assertEquals(1, ring.pending());
            assertEquals(List.of(new Done(2, 0)), Rings.complete(ring, 1));
        }
    }

    @Test
    void tellsWhatTheKernelHas() throws Exception {
        try (IoUring ring =
                Rings.open(RingKind.OWNER_BOUND, RingOptions.entries(5).completions(100))) {
            assertEquals(8, ring.prepare().size(), "a power of two");
            assertTrue(ring.supports(Linux.IORING_OP_READ_FIXED));
            assertFalse(ring.supports(255));
            assertEquals("IoUring[OWNER_BOUND, in flight=0]", ring.toString());
        }
    }

    private static void submitAll(IoUring ring) {
        try {
            ring.submit(2, Rings.LONG);
        } catch (StorageException e) {
            throw new AssertionError(e);
        }
    }

    /** Something that fails. */
    private interface Attempt {
        void make() throws StorageException;
    }

    private static StorageException failureElsewhere(Attempt attempt) throws Exception {
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            try {
                attempt.make();
            } catch (StorageException e) {
                throw new java.util.concurrent.CompletionException(e);
            }
        });
        ExecutionException failure = assertThrows(ExecutionException.class, () -> other.get(60, TimeUnit.SECONDS));
        return (StorageException) failure.getCause();
    }
}
