package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter.Count;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That transfers go the way they should, as the kernel shows it. */
class PathTest {
    private static final int SIZE = 8 << 20;
    private static final TransferFlags NONE = TransferFlags.NONE;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final SystemCalls calls = new LibC();

    @Test
    void alignedTransfersTouchNoPageCache() throws Exception {
        try (DirectFile file = new DirectFile(directory, Settings.DEFAULT, SIZE)) {
            List<Integer> flags = Descriptors.flags(file.path);
            assertEquals(4, flags.size(), "direct and through the page cache, and both for durable writes");
            assertEquals(
                    2, flags.stream().filter(f -> (f & Linux.O_DIRECT) != 0).count());
            assertTrue(flags.stream().allMatch(f -> (f & Linux.O_CLOEXEC) != 0));

            Descriptors.dropCache(calls, file.path);
            ByteBuffer buffer = DirectFile.aligned(1 << 20, 0);
            for (int at = 0; at < SIZE; at += buffer.capacity()) {
                file.read(buffer.clear(), at);
                file.channel.write(buffer.flip(), at, NONE);
            }
            assertEquals(0, Descriptors.cachedPages(calls, file.path));
            assertEquals(0, file.meter.bouncedBytes());
            assertEquals("O_DIRECT", file.channel.mode().name());
            assertTrue(file.channel.mode().notes().get(0).startsWith("verified: "), file.channel.mode()::toString);
        }
        assertEquals(List.of(), Descriptors.flags(directory.resolve("file")));
    }

    @Test
    void unalignedTransfersTouchNoPageCacheEither() throws Exception {
        try (DirectFile file = new DirectFile(directory, Settings.DEFAULT, SIZE)) {
            Descriptors.dropCache(calls, file.path);
            file.read(ByteBuffer.allocate(10_000), 777);
            file.write(new byte[10_000], 777);
            assertEquals(0, Descriptors.cachedPages(calls, file.path));
        }
    }

    @Test
    void onlyTheLastPartialBlockIsCachedAndUncachedWritesDropIt() throws Exception {
        try (DirectFile file = new DirectFile(directory, Settings.DEFAULT, SIZE)) {
            file.seen();
            assumeTrue(Descriptors.cachedPages(calls, file.path) > 0, "needs cachestat, and no overlay");
            Descriptors.dropCache(calls, file.path);
            file.write(new byte[10_000], SIZE);
            assertEquals(1, Descriptors.cachedPages(calls, file.path));
            file.channel.write(ByteBuffer.wrap(new byte[10_000]), SIZE + 10_000, TransferFlags.UNCACHED);
            assertEquals(0, Descriptors.cachedPages(calls, file.path));
            assertEquals(SIZE + 20_000, file.seen().length);
            assertEquals(
                    2,
                    count(file, "last partial block of the file: page cache instead")
                            .fallbacks());
        }
    }

    @Test
    void namesWhatWasBounced() throws Exception {
        try (DirectFile file = new DirectFile(directory, Settings.DEFAULT, SIZE)) {
            int unit = file.channel.geometry().offsetAlignment();
            int memory = file.channel.geometry().memoryAlignment();
            assumeTrue(memory > 1, "needs an alignment of memory");
            file.read(ByteBuffer.allocate(4096), 0);
            file.read(DirectFile.aligned(4096, 1), 0);
            file.read(DirectFile.aligned(4096, 0), 1);
            file.read(DirectFile.aligned(4095, 0), 0);
            file.channel.write(DirectFile.aligned(4096, 0).limit(1000), 0, NONE);
            assertEquals(new Count(1, 4096, 0), count(file, "heap buffer"));
            assertEquals(new Count(1, 4096, 0), count(file, "buffer address is not a multiple of " + memory));
            assertEquals(new Count(1, 4096, 0), count(file, "offset is not a multiple of " + unit));
            assertEquals(new Count(2, 5095, 0), count(file, "length is not a multiple of " + unit));
        }
    }

    @Test
    void theMiddleOfALargeUnalignedTransferGoesStraight() throws Exception {
        try (DirectFile file = new DirectFile(directory, Settings.DEFAULT, SIZE)) {
            file.read(DirectFile.aligned((1 << 20) + 100, 0), 4096);
            file.channel.write(DirectFile.aligned((1 << 20) + 100, 0), 4096, NONE);
            file.channel.write(DirectFile.aligned(1 << 20, 100), 100, NONE);
            assertTrue(
                    file.meter.bouncedBytes() <= 200 + 2 * DirectFile.BLOCK,
                    () -> file.meter.counts().toString());
        }
    }

    @Test
    void whatIsLargerThanOneSystemCallIsWhole() throws Exception {
        byte[] bytes = DirectFile.content((33 << 20) + 5, 9);
        for (ByteBuffer buffer : new ByteBuffer[] {DirectFile.aligned(bytes), ByteBuffer.wrap(bytes)}) {
            try (DirectFile file = new DirectFile(directory, Settings.DEFAULT, 100)) {
                assertEquals(bytes.length, file.channel.write(buffer, 0, NONE));
                assertArrayEquals(bytes, file.seen());
                ByteBuffer back = buffer.duplicate().clear().put(0, new byte[bytes.length]);
                assertEquals(bytes.length, file.read(back, 0));
                assertEquals(0, back.flip().compareTo(ByteBuffer.wrap(file.seen())));
            }
        }
    }

    @Test
    void allocatesNothing() throws Exception {
        try (DirectFile file = new DirectFile(directory, Settings.DEFAULT, SIZE)) {
            assertAllocatesNothing(file, DirectFile.aligned(4096, 0), 4096);
            assertAllocatesNothing(file, ByteBuffer.allocate(4000), 100);
        }
    }

    private static void assertAllocatesNothing(DirectFile file, ByteBuffer buffer, int at) throws StorageException {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // The compiler removes what the interpreter allocates: some rounds go by until it has.
        for (int round = 0; round < 40 && least > 0; round++) {
            long before = bean.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < 500; i++) {
                file.read(buffer.clear(), at);
                file.channel.write(buffer.flip(), at, NONE);
            }
            long after = bean.getThreadAllocatedBytes(Thread.currentThread().getId());
            least = Math.min(least, after - before);
        }
        // Asking allocates a little on some JVMs.
        assertTrue(least < 500, "bytes per 1000 operations: " + least);
    }

    @Test
    void marksAndLimitsStay() throws Exception {
        try (DirectFile file = new DirectFile(directory, Settings.DEFAULT, SIZE)) {
            ByteBuffer buffer =
                    ByteBuffer.allocate(100).limit(90).position(10).mark().position(20);
            assertEquals(70, file.read(buffer, 5));
            assertEquals(90, buffer.position());
            assertEquals(90, buffer.limit());
            assertEquals(10, buffer.reset().position());
            assertFalse(file.meter.counts().isEmpty());
        }
    }

    /** The kernel fills a block up with zeroes, in the memory it reads into. */
    @Test
    void whatIsBehindTheEndStaysAsItWasInTheBuffer() throws Exception {
        try (DirectFile file = new DirectFile(directory, Settings.DEFAULT, 4096 + 300)) {
            ByteBuffer buffer = DirectFile.aligned(12_288, 0);
            for (int size : new int[] {4096 + 300, 8192, 4096}) {
                file.channel.setSize(size);
                for (int index = 0; index < 12_288; index++) {
                    buffer.put(index, (byte) 77);
                }
                assertEquals(size, file.read(buffer.clear(), 0));
                for (int index = size; index < 12_288; index++) {
                    assertEquals(77, buffer.get(index), "index=" + index + " size=" + size);
                }
            }
            assertEquals(
                    1,
                    count(file, "read across the end of the file, which is within a block")
                            .bounces());
        }
    }

    private static Count count(DirectFile file, String words) {
        Map<String, Count> counts = file.meter.counts();
        assertTrue(counts.containsKey(words), counts::toString);
        return counts.get(words);
    }
}
