package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pinion.linux.Errno;
import io.pinion.linux.IoVectors;
import io.pinion.linux.Linux;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several buffers go by one system call where they can, and arrive whole whether they can or not. */
@Timeout(60)
class VectoredTest {
    private static final int BLOCK = DirectFile.BLOCK;
    private static final int SIZE = 16 * BLOCK;
    private static final TransferFlags NONE = TransferFlags.NONE;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();
    private final AtomicInteger vectored = new AtomicInteger();
    private final AtomicInteger single = new AtomicInteger();

    private DirectFile file() throws IOException {
        DirectFile file = new DirectFile(directory.resolve("file"), script.calls(), Settings.SMALL, SIZE);
        for (String name : new String[] {"preadv2", "pwritev2", "pread", "pwrite"}) {
            AtomicInteger count = name.endsWith("v2") ? vectored : single;
            script.answer(name, Integer.MAX_VALUE, (arguments, real) -> {
                count.incrementAndGet();
                return real.make(arguments);
            });
        }
        return file;
    }

    private void assertCalls(int several, int one) {
        assertEquals(several + " vectored, " + one, vectored.getAndSet(0) + " vectored, " + single.getAndSet(0));
    }

    private static ByteBuffer[] blocks(int... counts) {
        ByteBuffer[] buffers = new ByteBuffer[counts.length];
        for (int index = 0; index < counts.length; index++) {
            buffers[index] = DirectFile.aligned(DirectFile.content(counts[index] * BLOCK, 50 + index));
        }
        return buffers;
    }

    private static byte[] bytes(ByteBuffer... buffers) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(buffers).mapToInt(ByteBuffer::limit).sum());
        Arrays.stream(buffers).forEach(buffer -> all.put(buffer.duplicate().rewind()));
        return all.array();
    }

    private static byte[] part(DirectFile file, int from, int length) throws IOException {
        return Arrays.copyOfRange(file.seen(), from, from + length);
    }

    @Test
    void buffersThatSuitGoByOneCall() throws IOException {
        try (DirectFile file = file()) {
            ByteBuffer[] sources = blocks(1, 0, 3, 2);
            assertEquals(6 * BLOCK, file.channel.write(sources, BLOCK, NONE));
            assertCalls(1, 0);
            assertArrayEquals(bytes(sources), part(file, BLOCK, 6 * BLOCK));
            ByteBuffer[] targets = {DirectFile.aligned(2 * BLOCK, 0), DirectFile.aligned(4 * BLOCK, 0)};
            assertEquals(6 * BLOCK, file.channel.read(targets, BLOCK, NONE));
            assertCalls(1, 0);
            assertArrayEquals(bytes(sources), bytes(targets));
            assertTrue(Arrays.stream(targets).noneMatch(ByteBuffer::hasRemaining));
            assertEquals(0, file.meter.bouncedBytes());
        }
    }

    @Test
    void aDurableOneIsSynchronous() throws IOException {
        try (DirectFile file = file()) {
            AtomicInteger flags = new AtomicInteger();
            script.answerFirst("pwritev2", (arguments, real) -> {
                flags.set(script.real().fcntl((Integer) arguments[0], Linux.F_GETFL, 0));
                return real.make(arguments);
            });
            file.channel.write(blocks(1, 1), 0, TransferFlags.DURABLE);
            assertEquals(Linux.O_DSYNC, flags.get() & Linux.O_DSYNC);
        }
    }

    @Test
    void othersGoOneByOne() throws IOException {
        try (DirectFile file = file()) {
            ByteBuffer[] unaligned = {DirectFile.aligned(DirectFile.content(BLOCK, 1)), ByteBuffer.wrap(new byte[100])};
            assertEquals(BLOCK + 100, file.channel.write(unaligned, 0, NONE));
            assertArrayEquals(bytes(unaligned), part(file, 0, BLOCK + 100));
            ByteBuffer[] across = blocks(2, 2);
            assertEquals(4 * BLOCK, file.channel.write(across, SIZE - BLOCK, NONE));
            assertArrayEquals(bytes(across), part(file, SIZE - BLOCK, 4 * BLOCK));
            ByteBuffer[] shifted = {DirectFile.aligned(BLOCK, 0), DirectFile.aligned(BLOCK, 0)};
            assertEquals(2 * BLOCK, file.channel.read(shifted, 3, NONE));
            assertArrayEquals(part(file, 3, 2 * BLOCK), bytes(shifted));
            assertEquals(0, vectored.get());
            ByteBuffer[] beyond = {DirectFile.aligned(4 * BLOCK, 0), DirectFile.aligned(BLOCK, 0)};
            assertEquals(2 * BLOCK, file.channel.read(beyond, SIZE + BLOCK, NONE));
            assertEquals(-1, file.channel.read(blocks(1, 1), SIZE + 3 * BLOCK, NONE));
        }
    }

    @Test
    void theFirstThatSuitGoByOneCallAndTheRestOneByOne() throws IOException {
        try (DirectFile file = file()) {
            ByteBuffer[] sources = {
                blocks(2)[0], blocks(1)[0], ByteBuffer.wrap(DirectFile.content(100, 9)), blocks(1)[0]
            };
            assertEquals(4 * BLOCK + 100, file.channel.write(sources, BLOCK, NONE));
            assertEquals(1, vectored.getAndSet(0));
            assertArrayEquals(bytes(sources), part(file, BLOCK, 4 * BLOCK + 100));
            ByteBuffer[] targets = {
                DirectFile.aligned(BLOCK, 0), DirectFile.aligned(2 * BLOCK, 0), ByteBuffer.allocate(BLOCK + 100)
            };
            assertEquals(4 * BLOCK + 100, file.channel.read(targets, BLOCK, NONE));
            assertEquals(1, vectored.get());
            assertArrayEquals(bytes(sources), bytes(targets));
        }
    }

    @Test
    void whatIsCutShortGoesOnBufferByBuffer() throws IOException {
        try (DirectFile file = file()) {
            for (int cut : new int[] {BLOCK, 2 * BLOCK, BLOCK + 512, BLOCK + 100}) {
                script.answerFirst("pwritev2", (a, real) -> Math.min(cut, (Long) real.make(a)));
                ByteBuffer[] sources = blocks(1, 2, 1);
                assertEquals(4 * BLOCK, file.channel.write(sources, 2 * BLOCK, NONE));
                assertArrayEquals(bytes(sources), part(file, 2 * BLOCK, 4 * BLOCK));
                script.answerFirst("preadv2", (a, real) -> Math.min(cut, (Long) real.make(a)));
                ByteBuffer[] targets = {DirectFile.aligned(BLOCK, 0), DirectFile.aligned(3 * BLOCK, 0)};
                assertEquals(4 * BLOCK, file.channel.read(targets, 2 * BLOCK, NONE));
                assertArrayEquals(bytes(sources), bytes(targets));
            }
        }
    }

    @Test
    void errorsLeavePositionsWhereTheyWere() throws IOException {
        try (DirectFile file = file()) {
            script.answerFirst("pwritev2", (a, real) -> Errno.EIO.result());
            ByteBuffer[] sources = blocks(1, 2);
            StorageException e = assertThrows(StorageException.class, () -> file.channel.write(sources, BLOCK, NONE));
            assertEquals(Kind.IO_ERROR, e.kind());
            assertEquals(0, e.transferred());
            assertEquals(3 * BLOCK, e.length());
            assertTrue(Arrays.stream(sources).allMatch(buffer -> buffer.position() == 0));
            assertCalls(0, 0);
            script.answerFirst("pwritev2", (a, real) -> (long) BLOCK);
            script.answerFirst("pwrite", (a, real) -> Errno.ENOSPC.result());
            e = assertThrows(StorageException.class, () -> file.channel.write(sources, BLOCK, NONE));
            assertEquals(Kind.NO_SPACE, e.kind());
            assertEquals(BLOCK, e.transferred());
            assertEquals(BLOCK, sources[0].position());
            assertEquals(0, sources[1].position());
        }
    }

    @Test
    void refusalsAndSignalsAreNoErrors() throws IOException {
        try (DirectFile file = file()) {
            for (Errno errno : new Errno[] {Errno.EINVAL, Errno.EINTR, Errno.EAGAIN}) {
                script.answerFirst("pwritev2", (a, real) -> errno.result());
                script.answerFirst("preadv2", (a, real) -> errno.result());
                ByteBuffer[] sources = blocks(1, 2);
                assertEquals(3 * BLOCK, file.channel.write(sources, BLOCK, NONE));
                ByteBuffer[] targets = {DirectFile.aligned(BLOCK, 0), DirectFile.aligned(2 * BLOCK, 0)};
                assertEquals(3 * BLOCK, file.channel.read(targets, BLOCK, NONE));
                assertArrayEquals(bytes(sources), bytes(targets));
            }
        }
    }

    @Test
    void aBufferThatComesTwiceIsEmptyTheSecondTime() throws IOException {
        try (DirectFile file = file()) {
            ByteBuffer[] twice = blocks(1, 2, 1);
            twice[2] = twice[0];
            assertEquals(3 * BLOCK, file.channel.write(twice, 0, NONE));
            assertArrayEquals(bytes(twice[0], twice[1]), part(file, 0, 3 * BLOCK));
        }
    }

    @Test
    void asManyAsTheKernelTakes() throws IOException {
        try (DirectFile file = file()) {
            int unit = file.channel.geometry().lengthAlignment();
            file.channel.setSize(2L * IoVectors.MOST * unit);
            for (int count : new int[] {IoVectors.MOST, IoVectors.MOST + 1}) {
                ByteBuffer all = DirectFile.aligned(DirectFile.content(count * unit, count));
                ByteBuffer[] sources = new ByteBuffer[count];
                Arrays.setAll(sources, index -> all.slice(index * unit, unit));
                assertEquals(count * unit, file.channel.write(sources, 0, NONE));
                assertArrayEquals(bytes(all), part(file, 0, count * unit));
            }
            assertCalls(2, 1);
        }
    }

    @Test
    void allocatesNothing() throws IOException {
        try (DirectFile file = new DirectFile(directory, Settings.SMALL, SIZE)) {
            ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            ByteBuffer[] buffers = blocks(1, 2);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 40 && least > 0; round++) {
                long before =
                        bean.getThreadAllocatedBytes(Thread.currentThread().getId());
                for (int i = 0; i < 250; i++) {
                    buffers[0].clear();
                    buffers[1].clear();
                    file.channel.read(buffers, 0, NONE);
                    buffers[0].flip();
                    buffers[1].flip();
                    file.channel.write(buffers, 0, NONE);
                }
                least = Math.min(
                        least,
                        bean.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
            }
            assertTrue(least < 500, "bytes per 500 operations: " + least);
        }
    }
}
