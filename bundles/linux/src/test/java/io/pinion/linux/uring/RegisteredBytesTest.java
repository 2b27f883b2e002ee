package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.linux.Linux;
import io.pinion.linux.Pagemap;
import io.pinion.linux.uring.Rings.Pipe;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final long before = RegisteredBuffers.inAllRings();
    private long others;

    /** Rings of earlier tests may be about to be freed. */
    @BeforeEach
    void settle() throws Exception {
        long last;
        do {
            last = vmPin();
            TimeUnit.MILLISECONDS.sleep(50);
        } while (vmPin() != last);
        others = last - before;
    }

    @AfterEach
    void unmap() {
        Rings.CALLS.munmap(mapped, 4 * HUGE);
    }

    private static long vmPin() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmPin:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .sum();
    }

    private void agree(long registered) throws Exception {
        assertEquals(before + registered, new AllRings().registeredBytes());
        long end = System.nanoTime() + Rings.LONG;
        while (vmPin() != others + before + registered && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        assertEquals(others + before + registered, vmPin());
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
            agree(2 * PAGE);
            register(ring, aligned, HUGE);
            ring.buffers().set(1, aligned + HUGE, PAGE);
            agree(HUGE + PAGE);
            assertThrows(StorageException.class, () -> ring.buffers().set(1, PAGE, PAGE), "nothing is mapped there");
            ring.buffers().clear(0);
            agree(PAGE);
        }
        agree(0);
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
            agree(HUGE);
            one.buffers().clear(0);
            register(one, aligned + HUGE - PAGE, HUGE + 2 * PAGE);
            agree(3 * HUGE);
            register(other, aligned, HUGE);
            agree(4 * HUGE);
        }
        agree(0);
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
            agree(0);
        }
    }
}
