package io.pinion.linux.uring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.pinion.linux.DiskDirectory;
import io.pinion.linux.Linux;
import io.pinion.strategy.StorageException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rings that are used for long: by one thread without garbage, by several beside each other. */
@Timeout(180)
class RingSteadyStateTest {
    private static final int OPERATIONS = 100_000;
    private static final int ROUNDS = 10;
    private static final int BATCH = 32;
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 256;
    private static final RingOptions OPTIONS = RingOptions.entries(BATCH).buffers(1);

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    /** Counts what comes back, and checks it. */
    private static final class Count implements RingCompletion {
        private final int expected;
        private long sum;
        private int wrong;

        private Count(int expected) {
            this.expected = expected;
        }

        @Override
        public void completed(long userData, int result) {
            sum += userData;
            if (result != expected) {
                wrong++;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void allocatesNothingPerNop(RingKind kind) throws Exception {
        try (IoUring ring = Rings.open(kind, OPTIONS)) {
            Count count = new Count(0);
            allocatesNothing(() -> nops(ring, count));
            assertEquals(0, count.wrong);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PLAIN")
    void allocatesNothingPerTransfer(RingKind kind) throws Exception {
        int descriptor = Rings.file(directory.resolve("file"), 0);
        ByteBuffer memory = Rings.aligned(BATCH * BLOCK);
        try (IoUring ring = Rings.open(kind, OPTIONS)) {
            long address = prepared(ring, descriptor, memory);
            Count count = new Count(BLOCK);
            allocatesNothing(() -> transfers(ring, address, count));
            assertEquals(0, count.wrong);
        } finally {
            Reference.reachabilityFence(memory);
            Rings.CALLS.close(descriptor);
        }
    }

    /** Many operations. */
    private interface Round {
        void run() throws StorageException;
    }

    /** What the compiler undoes and does again costs a few bytes once, but not in every round. */
    private static void allocatesNothing(Round round) throws StorageException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        assumeTrue(threads.isThreadAllocatedMemorySupported(), "needs a JVM that counts allocations");
        long self = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS && least > 0; i++) {
            long before = threads.getThreadAllocatedBytes(self);
            round.run();
            least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
        }
        assertEquals(0, least, "bytes in " + OPERATIONS + " operations");
    }

    @Test
    void servesFourThreadsWithARingEach() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
        Rings.open(RingKind.OWNER_BOUND, OPTIONS).close();
        List<CompletableFuture<Long>> rings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Path file = directory.resolve("file" + i);
            CompletableFuture<Long> done = new CompletableFuture<>();
            rings.add(done);
            new Thread(() -> {
                        try {
                            done.complete(load(file, end));
                        } catch (Throwable e) {
                            done.completeExceptionally(e);
                        }
                    })
                    .start();
        }
        for (CompletableFuture<Long> done : rings) {
            assertTrue(done.get(60, TimeUnit.SECONDS) > 0);
        }
    }

    private static long load(Path file, long end) throws StorageException {
        int descriptor = Rings.file(file, Linux.O_DIRECT);
        ByteBuffer memory = Rings.aligned(BATCH * BLOCK);
        Count count = new Count(BLOCK);
        long rounds = 0;
        try (IoUring ring = Rings.open(RingKind.OWNER_BOUND, OPTIONS)) {
            long address = prepared(ring, descriptor, memory);
            while (System.nanoTime() < end) {
                batch(ring, address, count, (int) rounds++);
            }
        } finally {
            Reference.reachabilityFence(memory);
            Rings.CALLS.close(descriptor);
        }
        assertEquals(0, count.wrong);
        assertEquals(rounds * (BATCH * (BATCH - 1) / 2), count.sum);
        return rounds;
    }

    private static void nops(IoUring ring, Count count) throws StorageException {
        for (int i = 0; i < OPERATIONS / BATCH; i++) {
            for (int k = 0; k < BATCH; k++) {
                ring.prepare().nop(0, k);
            }
            ring.submit(BATCH, Rings.LONG);
            assertEquals(BATCH, ring.reap(count));
        }
    }

    /** Writes the file in full, and registers what transfers need. */
    private static long prepared(IoUring ring, int descriptor, ByteBuffer memory) throws StorageException {
        long address = Rings.CALLS.address(memory);
        for (long at = 0; at < BLOCKS * BLOCK; at += memory.capacity()) {
            assertEquals(memory.capacity(), Rings.CALLS.pwrite(descriptor, address, memory.capacity(), at));
        }
        ring.files().set(0, descriptor);
        ring.buffers().set(0, address, memory.capacity());
        return address;
    }

    private static void transfers(IoUring ring, long address, Count count) throws StorageException {
        for (int i = 0; i < OPERATIONS / BATCH; i++) {
            batch(ring, address, count, i);
        }
    }

    private static void batch(IoUring ring, long address, Count count, int round) throws StorageException {
        RingEntries entries = ring.prepare();
        for (int k = 0; k < BATCH; k++) {
            long offset = (round * 31L + k * 7L) % BLOCKS * BLOCK;
            entries.readFixed(0, 0, address + k * BLOCK, BLOCK, offset, 0, Linux.IOSQE_FIXED_FILE, k);
        }
        assertEquals(BATCH, ring.submit(BATCH, Rings.LONG));
        assertEquals(BATCH, ring.reap(count));
    }
}
