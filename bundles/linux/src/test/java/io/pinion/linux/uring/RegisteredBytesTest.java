package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.Linux;
import io.pinion.linux.Pagemap;
import io.pinion.linux.uring.Rings.Pipe;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is counted as registered is what the kernel charges: VmPin in /proc/self/status. */
@Timeout(120)
class RegisteredBytesTest {
    private static final int PAGE = 4096;
    private static final int HUGE = 2 << 20;
    private static final RingOptions OPTIONS = RingOptions.entries(8).buffers(2);

    private final long mapped = Rings.CALLS.mmap(
            0, 4 * HUGE, Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS, -1, 0);
    private final long aligned = mapped + HUGE - 1 & -HUGE;
    private Charges charges;

    @BeforeEach
    void settle() throws Exception {
        charges = Charges.settled();
    }

    @AfterEach
    void unmap() {
        Rings.CALLS.munmap(mapped, 4 * HUGE);
    }

    private static void register(IoUring ring, long address, long length) throws StorageException {
        try {
            ring.buffers().set(0, address, length);
        } catch (StorageException e) {
            assumeFalse(e.kind() == Kind.MEMORY_LIMIT, () -> "needs more locked memory: " + e.getMessage());
            throw e;
        }
    }

    @Test
    void smallPagesAreChargedWhole() throws Exception {
        Rings.CALLS.madvise(aligned, 2 * HUGE, Linux.MADV_NOHUGEPAGE);
        try (IoUring ring = Rings.open(RingKind.COOPERATIVE, OPTIONS)) {
            register(ring, aligned + 100, PAGE);
            charges.grewBy(2 * PAGE);
            register(ring, aligned, HUGE);
            ring.buffers().set(1, aligned + HUGE, PAGE);
            charges.grewBy(HUGE + PAGE);
            assertThrows(StorageException.class, () -> ring.buffers().set(1, PAGE, PAGE), "nothing is mapped there");
            ring.buffers().clear(0);
            charges.grewBy(PAGE);
        }
        charges.grewBy(0);
    }

    @Test
    void hugePagesAreChargedWholeAndForEachRing() throws Exception {
        Rings.CALLS.madvise(aligned, 3 * HUGE, Linux.MADV_HUGEPAGE);
        Rings.CALLS.madvise(aligned, 3 * HUGE, Linux.MADV_POPULATE_WRITE);
        try (Pagemap map = Pagemap.open(Rings.CALLS)) {
            assumeTrue(map.hugeBytes(aligned, 3 * HUGE) == 3 * HUGE, "needs free huge pages");
        }
        try (IoUring one = Rings.open(RingKind.COOPERATIVE, OPTIONS);
                IoUring other = Rings.open(RingKind.COOPERATIVE, OPTIONS)) {
            register(one, aligned + PAGE, PAGE);
            charges.grewBy(HUGE);
            one.buffers().clear(0);
            register(one, aligned + HUGE - PAGE, HUGE + 2 * PAGE);
            charges.grewBy(3 * HUGE);
            register(other, aligned, HUGE);
            charges.grewBy(4 * HUGE);
        }
        charges.grewBy(0);
    }

    @Test
    void aRingThatIsClosedWithOperationsInFlightCountsUntilItIsQuiet() throws Exception {
        try (Pipe pipe = new Pipe()) {
            IoUring ring = Rings.open(RingKind.COOPERATIVE, OPTIONS);
            register(ring, aligned, HUGE);
            pipe.read(ring, 1);
            ring.submit(0, 0);
            ring.close();
            long end = System.nanoTime() + Rings.LONG;
            while (!ring.isQuiet()) {
                assertTrue(System.nanoTime() < end, "the kernel holds the ring");
                TimeUnit.MILLISECONDS.sleep(1);
            }
            charges.grewBy(0);
        }
    }
}
