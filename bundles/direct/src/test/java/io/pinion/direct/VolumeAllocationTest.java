package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That nothing is allocated by whoever uses a volume, all the way from there to the system call: of that the compiler has to
 * see enough at once. Java 17 and Java 22 make system calls in different ways.
 */
class VolumeAllocationTest {
    private static final int BLOCK = 4096;
    private static final int BLOCKS = 64;
    private static final int OPERATIONS = 1000;
    private static final int ROUNDS = 100;
    private static final int DEPTH = 8;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private DirectVolume served;

    @BeforeEach
    void open() throws IOException {
        assumeTrue(threads.isThreadAllocatedMemorySupported(), "needs a JVM that counts allocations");
        served = new DirectVolume(Files.write(directory.resolve("file"), new byte[BLOCKS * BLOCK]));
    }

    @AfterEach
    void close() {
        if (served != null) {
            served.close();
        }
    }

    @Test
    void reads() throws IOException {
        ByteBuffer buffer = DirectFile.aligned(BLOCK, 0);
        allocatesNothing(at -> served.volume.read(buffer.clear(), at));
    }

    @Test
    void writes() throws IOException {
        ByteBuffer buffer = DirectFile.aligned(BLOCK, 0);
        allocatesNothing(at -> served.volume.write(buffer.clear(), at));
    }

    @Test
    void copiedReads() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
        allocatesNothing(at -> served.volume.read(buffer.clear(), at));
    }

    @Test
    void queuedReads() throws IOException {
        ByteBuffer buffer = DirectFile.aligned(DEPTH * BLOCK, 0);
        try (IoQueue queue = served.volume.openQueue(DEPTH)) {
            Count count = new Count();
            allocatesNothing(at -> {
                int slot = (int) (at / BLOCK) % DEPTH;
                queue.read(buffer, slot * BLOCK, BLOCK, at, slot, TransferFlags.NONE);
                if (queue.pending() == DEPTH) {
                    queue.submit(DEPTH, TimeUnit.SECONDS.toNanos(30));
                    queue.poll(count);
                }
            });
            assertEquals(0, count.wrong);
        }
    }

    /** What is done at a position. */
    private interface Operation {
        void at(long position) throws StorageException;
    }

    /** How many completions were not of a block. */
    private static final class Count implements CompletionSink {
        private int wrong;

        @Override
        public void completed(long token, int transferred) {
            wrong += transferred == BLOCK ? 0 : 1;
        }

        @Override
        public void failed(long token, StorageException error) {
            wrong++;
        }
    }

    /** What the compiler undoes and does again costs a few bytes once, but not in every round. */
    private void allocatesNothing(Operation operation) throws StorageException {
        long self = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < OPERATIONS; i++) {
                operation.at((long) (i * 37 % BLOCKS) * BLOCK);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
        }
        assertEquals(0, least, "bytes in " + OPERATIONS + " operations");
    }
}
