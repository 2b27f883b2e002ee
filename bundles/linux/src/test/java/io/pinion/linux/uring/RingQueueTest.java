package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.pinion.linux.Completed;
import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.uring.Rings.Pipe;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes on the ring, what is done aside, and what is left of either. */
@Timeout(120)
class RingQueueTest {
    private static final int DEPTH = 8;
    private static final int SIZE = 4096;
    private static final TransferFlags NONE = TransferFlags.NONE;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();
    private final SystemCalls calls = script.calls();
    private final List<String> done = new ArrayList<>();
    private int descriptor;
    private QueuedFile file;

    private final CompletionSink sink = new Completed(done);

    @BeforeEach
    void open() {
        descriptor = Rings.file(directory.resolve("file"), 0);
        file = new QueuedFile(calls, descriptor);
    }

    @AfterEach
    void close() {
        calls.close(descriptor);
    }

    private RingQueue queue() {
        try {
            return RingQueue.open(calls, descriptor, Linux.O_RDWR, file, DEPTH);
        } catch (StorageException e) {
            return abort("needs io_uring: " + e.getMessage());
        }
    }

    private void complete(RingQueue queue) throws StorageException {
        Rings.complete(queue, sink);
    }

    private static ByteBuffer filled(int value) {
        ByteBuffer buffer = Rings.aligned(SIZE);
        while (buffer.hasRemaining()) {
            buffer.put((byte) value);
        }
        return buffer.rewind();
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Rings.LONG;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, what);
            LockSupport.parkNanos(100_000);
        }
    }

    @Test
    void whatIsAdmittedGoesOnTheRing() throws Exception {
        file.admission = 5;
        try (RingQueue queue = queue()) {
            for (int i = 0; i < DEPTH - 1; i++) {
                queue.write(filled(i), 0, SIZE, (long) i * SIZE, i, NONE);
            }
            queue.flush(99);
            complete(queue);
            assertEquals("99:0", done.get(DEPTH - 1), "the flush is last");
            assertEquals(DEPTH, done.size());
            assertEquals(List.of(5, 5, 5, 5, 5, 5, 5), file.left);
            ByteBuffer back = Rings.aligned(SIZE);
            file.admission = QueuedTransfers.FREELY;
            queue.read(back, 1, SIZE - 1, 3L * SIZE + 1, 7, NONE);
            complete(queue);
            assertEquals("7:" + (SIZE - 1), done.get(DEPTH));
            assertEquals(3, back.get(SIZE - 1));
            assertEquals(0, back.get(0));
        }
        assertEquals(0, file.transfers.get());
    }

    @Test
    void whatIsNotAdmittedIsDoneAsideAndWakesTheOwner() throws Exception {
        try (RingQueue queue = queue()) {
            for (int round = 0; round < 50; round++) {
                file.admission = QueuedTransfers.ASIDE;
                for (int i = 0; i < DEPTH; i++) {
                    queue.write(filled(i), 0, SIZE, (long) i * SIZE, i, NONE);
                    file.admission = i % 2 == 0 ? QueuedTransfers.FREELY : QueuedTransfers.ASIDE;
                }
                complete(queue);
                assertEquals(DEPTH, done.size());
                done.clear();
            }
            assertEquals(50 * DEPTH / 2, file.transfers.get());
        }
    }

    @Test
    void whatTheRingDoesInPartIsDoneToItsEnd() throws Exception {
        assertEquals(0, calls.ftruncate(descriptor, 100));
        try (RingQueue queue = queue()) {
            ByteBuffer back = Rings.aligned(SIZE);
            queue.read(back, 0, SIZE, 0, 1, NONE);
            queue.read(back, 0, SIZE, 100, 2, NONE);
            queue.read(back, 0, 0, 0, 3, NONE);
            complete(queue);
            done.sort(null);
            assertEquals(List.of("1:100", "2:-1", "3:0"), done);
        }
    }

    @Test
    void aFlushWaitsForWritesAside() throws Exception {
        file.admission = QueuedTransfers.ASIDE;
        file.heldBack = new CountDownLatch(1);
        try (RingQueue queue = queue()) {
            queue.write(filled(1), 0, SIZE, 0, 1, NONE);
            queue.flush(2);
            assertEquals(0, queue.submit(2, TimeUnit.MILLISECONDS.toNanos(50)));
            assertFalse(queue.isQuiet());
            file.heldBack.countDown();
            complete(queue);
            assertEquals(List.of("1:" + SIZE, "2:0"), done);
        }
    }

    @Test
    void anErrorIsItsOwnOperationsAlone() throws Exception {
        int readable = calls.open(SystemCalls.path(directory.resolve("file")), Linux.O_RDONLY, 0);
        QueuedFile own = new QueuedFile(calls, readable);
        try (RingQueue queue = RingQueue.open(calls, readable, Linux.O_RDONLY, own, DEPTH)) {
            queue.write(filled(1), 0, SIZE, 0, 1, NONE);
            queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 2, NONE);
            complete(queue);
            done.sort(null);
            assertEquals(List.of("1:IO_ERROR", "2:-1"), done);
        } finally {
            calls.close(readable);
        }
    }

    @Test
    void admissionsOfWhatIsOverComeBackThoughTheOwnerIsIdle() throws Exception {
        file.admission = 7;
        try (RingQueue queue = queue()) {
            queue.write(filled(1), 0, SIZE, 0, 1, NONE);
            queue.submit(0, 0);
            Thread other = new Thread(() -> await("the admission comes back", () -> {
                queue.releaseCompleted();
                return !file.left.isEmpty();
            }));
            other.start();
            other.join();
            assertEquals(List.of(7), file.left);
            complete(queue);
            assertEquals(List.of("1:" + SIZE), done);
            assertEquals(List.of(7), file.left, "not twice");
        }
    }

    @Test
    void whatIsClosedInFlightIsGivenBackWhenTheKernelIsDone() throws Exception {
        int before = Rings.openDescriptors();
        try (Pipe pipe = new Pipe()) {
            QueuedFile own = new QueuedFile(calls, descriptor);
            own.admission = 3;
            RingQueue queue;
            try {
                queue = RingQueue.open(calls, pipe.reader(), Linux.O_RDONLY, own, DEPTH);
            } catch (StorageException e) {
                abort("needs io_uring: " + e.getMessage());
                return;
            }
            queue.read(Rings.aligned(SIZE), 0, SIZE, -1, 1, NONE);
            queue.submit(0, 0);
            assertFalse(queue.isQuiet());
            queue.close();
            await("quiet", queue::isQuiet);
            await("gone", queue::isGone);
            assertEquals(List.of(3), own.left);
            assertThrows(StorageException.class, () -> queue.poll(sink));
        }
        assertEquals(before, Rings.openDescriptors());
    }

    @Test
    void cancelEndsWhatTheKernelHoldsAndWhatHasNotBegunAside() throws Exception {
        try (Pipe pipe = new Pipe()) {
            QueuedFile own = new QueuedFile(calls, descriptor);
            RingQueue queue;
            try {
                queue = RingQueue.open(calls, pipe.reader(), Linux.O_RDONLY, own, DEPTH);
            } catch (StorageException e) {
                abort("needs io_uring: " + e.getMessage());
                return;
            }
            try (queue) {
                queue.read(Rings.aligned(SIZE), 0, SIZE, -1, 1, NONE);
                queue.read(Rings.aligned(SIZE), 0, SIZE, -1, 2, NONE);
                queue.submit(0, 0);
                own.admission = QueuedTransfers.ASIDE;
                queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 3, NONE);
                for (long token : new long[] {2, 2, 3, 99}) {
                    queue.cancel(token);
                }
                for (long since = System.nanoTime();
                        done.size() < 2 && System.nanoTime() - since < TimeUnit.SECONDS.toNanos(30); ) {
                    queue.submit(2, TimeUnit.SECONDS.toNanos(1));
                    queue.poll(sink);
                }
                done.sort(null);
                assertEquals(List.of("2:CANCELLED", "3:CANCELLED"), done);
                assertEquals(0, own.transfers.get());
                assertEquals(1, queue.pending());
            }
        }
    }

    @Test
    void whatRunsAsideOfAClosedQueueGetsTheBlocksOfWhatTheKernelWasDoing() throws Exception {
        try (Pipe pipe = new Pipe()) {
            QueuedFile own = new QueuedFile(calls, descriptor);
            own.heldBack = new CountDownLatch(1);
            RingQueue queue;
            try {
                queue = RingQueue.open(calls, pipe.reader(), Linux.O_RDONLY, own, DEPTH);
            } catch (StorageException e) {
                abort("needs io_uring: " + e.getMessage());
                return;
            }
            own.admission = 3;
            queue.read(Rings.aligned(SIZE), 0, SIZE, -1, 1, NONE);
            own.admission = QueuedTransfers.ASIDE;
            queue.read(Rings.aligned(SIZE), 0, SIZE, 0, 2, NONE);
            queue.submit(0, 0);
            await("aside", () -> own.transfers.get() == 1);
            queue.close();
            await("left", () -> !queue.isQuiet() && own.left.contains(3));
            own.heldBack.countDown();
            await("gone", queue::isGone);
            assertEquals(List.of(3), own.left, "not twice");
        }
    }

    @Test
    void leasesAreRegisteredOnceAndLetGoOfWhenTheirArenaRetires() throws Exception {
        try (RingQueue queue = queue();
                FakeArena arena = new FakeArena(script.real())) {
            for (int i = 0; i < 4; i++) {
                queue.write(arena.lease(i), 0, SIZE, (long) i * SIZE, i, NONE);
            }
            complete(queue);
            assumeFalse(queue.refusal().contains("RLIMIT_MEMLOCK"), queue::refusal);
            assertEquals("", queue.refusal());
            assertEquals(1, arena.holds());
            arena.retire();
            queue.submit(0, 0);
            assertEquals(0, arena.holds());
            queue.read(arena.lease(0), 0, SIZE, 0, 9, NONE);
            complete(queue);
            assertEquals("9:" + SIZE, done.get(4));
        }
        assertEquals(0, file.transfers.get());
    }

    @Test
    void whatCannotBeRegisteredGoesUnregisteredAndItIsSaidWhy() throws Exception {
        script.fail(
                "ioUringRegister",
                Integer.MAX_VALUE,
                a -> (int) a[1] == Linux.IORING_REGISTER_BUFFERS_UPDATE,
                Errno.ENOMEM);
        try (RingQueue queue = queue();
                FakeArena arena = new FakeArena(script.real())) {
            queue.write(arena.lease(1), 0, SIZE, 0, 1, NONE);
            complete(queue);
            assertEquals(List.of("1:" + SIZE), done);
            assertTrue(queue.refusal().contains("ENOMEM"), queue::refusal);
            assertEquals(0, arena.holds());
        }
    }

    @Test
    void whyThereIsNoneIsTold() {
        script.fail("ioUringSetup", Errno.EPERM);
        StorageException refused = assertThrows(
                StorageException.class, () -> RingQueue.open(calls, descriptor, Linux.O_RDWR, file, DEPTH));
        assertEquals(Kind.ACCESS_DENIED, refused.kind());
        assertTrue(refused.getMessage().contains("seccomp"), refused.getMessage());
    }
}
