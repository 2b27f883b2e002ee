package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Arenas that several rings have registered: once where the kernel clones, else for each; and nothing is left of it. */
@Timeout(120)
class ArenaSourceTest {
    private static final int ARENA = FakeArena.LENGTH;
    private static final int SIZE = 4096;
    private static final int CLONES_SINCE = 13;
    private static final Predicate<Object[]> CLONING = a -> (int) a[1] == Linux.IORING_REGISTER_CLONE_BUFFERS;

    @TempDir
    Path directory;

    private final AtomicInteger clones = new AtomicInteger();
    private final ScriptedCalls script = new ScriptedCalls();
    private final ArenaSource source = new ArenaSource();
    private final List<FakeArena> mapped = new ArrayList<>();
    private final List<Borrower> open = new CopyOnWriteArrayList<>();
    private Charges charges;
    private int descriptors;

    /** A ring, and what a queue has of it. */
    private final class Borrower implements AutoCloseable {
        private final IoUring ring;
        private final RegisteredArenas arenas;

        Borrower(int slots) throws StorageException {
            ring = IoUring.open(
                    script.calls(), RingOptions.entries(4).buffers(slots).shared());
            arenas = new RegisteredArenas(ring.buffers(), source);
        }

        /** {@return the slot, of an arena that is registered here} */
        int has(FakeArena arena) {
            int slot = arenas.slotOf(arena);
            assumeFalse(arenas.refusal().contains("RLIMIT_MEMLOCK"), arenas::refusal);
            assertEquals("", arenas.refusal());
            return slot;
        }

        /** Reads into the arena as registered memory. */
        void reads(FakeArena arena) throws Exception {
            int file = Rings.file(Files.write(directory.resolve("data"), new byte[] {7}), 0);
            ByteBuffer data = arena.lease(3).buffer().put(0, (byte) 0);
            ring.prepare().readFixed(file, has(arena), arena.lease(3).address(), SIZE, 0, 0, 0, 1);
            assertEquals(1, Rings.result(ring));
            assertEquals(7, data.get(0));
            Rings.CALLS.close(file);
        }

        @Override
        public void close() {
            ring.close();
            assertTrue(ring.isQuiet());
            arenas.releaseAll();
            open.remove(this);
        }
    }

    @BeforeEach
    void begin() throws Exception {
        Rings.open(RingKind.PLAIN, RingOptions.entries(1)).close();
        charges = Charges.settled();
        descriptors = Rings.openDescriptors();
        script.fail("ioUringRegister", 1, CLONING.and(a -> clones.incrementAndGet() < 0), Errno.EIO);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        open.forEach(Borrower::close);
        for (FakeArena arena : mapped) {
            assertEquals(0, arena.holds());
            arena.close();
        }
        charges.grewBy(0);
        assertEquals(descriptors, Rings.openDescriptors());
    }

    private Borrower borrower(int slots) throws StorageException {
        Borrower borrower = new Borrower(slots);
        open.add(borrower);
        return borrower;
    }

    private FakeArena arena() {
        FakeArena arena = new FakeArena(Rings.CALLS);
        mapped.add(arena);
        return arena;
    }

    private static void needsClones() {
        String[] release = System.getProperty("os.version").split("[^0-9]+");
        int major = Integer.parseInt(release[0]);
        assumeTrue(major > 6 || major == 6 && Integer.parseInt(release[1]) >= CLONES_SINCE, "needs Linux 6.13");
    }

    @Test
    void furtherRingsAreChargedNothing() throws Exception {
        needsClones();
        FakeArena arena = arena();
        Borrower one = borrower(4);
        one.has(arena);
        charges.grewBy(ARENA);
        Borrower other = borrower(4);
        other.reads(arena);
        one.reads(arena);
        charges.grewBy(ARENA);
        assertEquals(2, arena.holds());
        one.close();
        other.reads(arena);
        charges.grewBy(ARENA);
    }

    @Test
    void queuesHaveOneSource() throws Exception {
        needsClones();
        FakeArena arena = arena();
        int file = Rings.file(directory.resolve("queued"), 0);
        QueuedFile transfers = new QueuedFile(Rings.CALLS, file);
        try (RingQueue one = RingQueue.open(Rings.CALLS, file, Linux.O_RDWR, transfers, 1);
                RingQueue other = RingQueue.open(Rings.CALLS, file, Linux.O_RDWR, transfers, 1)) {
            for (RingQueue queue : List.of(one, other)) {
                queue.write(arena.lease(1), 0, SIZE, 0, 1, TransferFlags.NONE);
                assumeFalse(queue.refusal().contains("RLIMIT_MEMLOCK"), queue::refusal);
                assertEquals("", queue.refusal());
                charges.grewBy(ARENA);
            }
            assertEquals(2, arena.holds());
        }
        Rings.CALLS.close(file);
    }

    @Test
    void aRetiringArenaIsUnregisteredWhenTheLastRingHasLetGo() throws Exception {
        needsClones();
        FakeArena arena = arena();
        FakeArena stays = arena();
        Borrower one = borrower(4);
        Borrower other = borrower(4);
        one.has(arena);
        other.has(arena);
        other.has(stays);
        arena.retire();
        one.arenas.dropRetiring();
        assertEquals(1, arena.holds());
        charges.grewBy(2 * ARENA);
        other.arenas.dropRetiring();
        assertEquals(0, arena.holds());
        charges.grewBy(ARENA);
        other.reads(stays);
    }

    /** Some kernels empty the slots behind one that is cloned. */
    @Test
    void whatIsLentComesBehindWhatARingHas() throws Exception {
        needsClones();
        FakeArena first = arena();
        FakeArena second = arena();
        FakeArena third = arena();
        Borrower ring = borrower(3);
        assertEquals(0, ring.has(first));
        assertEquals(1, ring.has(second));
        first.retire();
        ring.arenas.dropRetiring();
        assertEquals(2, ring.has(third));
        ring.reads(second);
        int before = clones.get();
        FakeArena fourth = arena();
        assertEquals(0, ring.has(fourth), "there is no place behind");
        assertEquals(before, clones.get());
        ring.reads(fourth);
        ring.reads(third);
        charges.grewBy(3 * ARENA);
        third.retire();
        ring.arenas.dropRetiring();
        assertEquals(2, ring.has(arena()));
    }

    @Test
    void eachRingRegistersForItselfBeforeLinux613() throws Exception {
        script.fail("ioUringRegister", Integer.MAX_VALUE, CLONING, Errno.EINVAL);
        FakeArena arena = arena();
        Borrower one = borrower(4);
        Borrower other = borrower(4);
        one.reads(arena);
        int rings = Collections.frequency(script.made(), "ioUringSetup");
        other.reads(arena);
        charges.grewBy(2 * ARENA);
        assertEquals(rings, Collections.frequency(script.made(), "ioUringSetup"), "it is not tried again");
    }

    @Test
    void eachRingRegistersForItselfWhereThereIsNoSource() throws Exception {
        FakeArena arena = arena();
        Borrower one = borrower(4);
        Borrower other = borrower(4);
        script.fail("ioUringSetup", Errno.ENOMEM);
        one.reads(arena);
        other.reads(arena);
        charges.grewBy(2 * ARENA);
    }

    @Test
    void aRingThatIsLentNothingRegistersForItself() throws Exception {
        needsClones();
        FakeArena arena = arena();
        Borrower one = borrower(4);
        Borrower other = borrower(4);
        // The first is the empty slot that it is tried with.
        script.fail("ioUringRegister", 1, CLONING.and(a -> clones.get() == 2), Errno.ENOMEM);
        one.reads(arena);
        charges.grewBy(ARENA);
        other.reads(arena);
        charges.grewBy(2 * ARENA);
        borrower(4).reads(arena);
        charges.grewBy(2 * ARENA);
    }

    @Test
    void nothingIsHeldAfterAnError() throws Exception {
        FakeArena arena = arena();
        Borrower one = borrower(4);
        script.answer("ioUringRegister", 1, CLONING, a -> {
            throw new OutOfMemoryError("a test's");
        });
        assertThrows(OutOfMemoryError.class, () -> one.arenas.slotOf(arena));
        assertEquals(0, arena.holds());
        charges.grewBy(0);
        one.reads(arena);
    }

    @Test
    void whatCannotBeUnregisteredIsReplacedByTheNext() throws Exception {
        needsClones();
        Borrower one = borrower(4);
        Borrower other = borrower(4);
        one.has(arena());
        other.has(arena());
        script.fail("ioUringRegister", 1, a -> (int) a[1] == Linux.IORING_REGISTER_BUFFERS_UPDATE, Errno.EPERM);
        one.close();
        charges.grewBy(2 * ARENA);
        other.reads(arena());
        charges.grewBy(2 * ARENA);
    }

    @Test
    void threadsThatComeAndGoLeaveNothing() throws Exception {
        List<FakeArena> arenas = List.of(arena(), arena(), arena());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int first = thread;
                tasks.add(() -> {
                    for (int round = 0; round < 50; round++) {
                        try (Borrower ring = new Borrower(4)) {
                            ring.arenas.slotOf(arenas.get((first + round) % 3));
                            ring.arenas.slotOf(arenas.get(first % 3));
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdown();
            assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        }
        assertTrue(clones.get() > 0);
    }
}
