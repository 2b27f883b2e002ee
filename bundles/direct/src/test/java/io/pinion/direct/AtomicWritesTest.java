package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.strategy.Capability;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Atomic writes are one call with RWF_ATOMIC each, or refused. Few file systems offer them, so here statx(2) is made to, and
 * the call is made without the flag: what the kernel does with it is not tested.
 */
@Timeout(60)
class AtomicWritesTest {
    private static final int BLOCK = DirectFile.BLOCK;
    private static final int SIZE = 16 * BLOCK;
    private static final int MOST = 4 * BLOCK;
    private static final TransferFlags ATOMIC = TransferFlags.ATOMIC;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();
    private final List<String> written = new CopyOnWriteArrayList<>();

    private DirectFile file(int least, int most) throws IOException {
        script.answer("statx", Integer.MAX_VALUE, (arguments, real) -> {
            Object result = real.make(arguments);
            ByteBuffer stat = ((ByteBuffer) arguments[4]).duplicate().order(ByteOrder.nativeOrder());
            stat.putInt(0, stat.getInt(0) | Linux.STATX_WRITE_ATOMIC)
                    .putInt(168, least)
                    .putInt(172, most);
            return result;
        });
        script.answer("pwritev2", Integer.MAX_VALUE, (arguments, real) -> {
            int flags = script.real().fcntl((Integer) arguments[0], Linux.F_GETFL, 0);
            String durable = (flags & Linux.O_DSYNC) != 0 ? " durable" : "";
            written.add(arguments[2] + " at " + arguments[3] + " flags " + arguments[4] + durable);
            arguments[4] = 0;
            return real.make(arguments);
        });
        script.answer("pwrite", Integer.MAX_VALUE, (arguments, real) -> {
            written.add("plain");
            return real.make(arguments);
        });
        return new DirectFile(directory.resolve("file"), script.calls(), Settings.SMALL, SIZE);
    }

    private DirectFile file() throws IOException {
        return file(BLOCK, MOST);
    }

    private void assertRefused(DirectFile file, ByteBuffer source, long position) {
        int start = source.position();
        StorageException e = assertThrows(StorageException.class, () -> file.channel.write(source, position, ATOMIC));
        assertEquals(Kind.UNSUPPORTED, e.kind());
        assertTrue(e.getMessage().contains("from " + BLOCK + " to " + MOST + " bytes"), e.getMessage());
        assertEquals(0, e.transferred());
        assertEquals(start, source.position());
    }

    private Examination examine(DirectFile file) throws StorageException {
        return file.strategy.examine(Target.of(file.path));
    }

    @Test
    void isACapabilityWhereTheFileOffersIt() throws IOException {
        try (DirectFile file = file()) {
            assertTrue(examine(file).capabilities().contains(Capability.ATOMIC_WRITES));
            Geometry geometry = file.channel.geometry();
            assertEquals(geometry.toString(), examine(file).geometry().toString());
            assertEquals(BLOCK, geometry.atomicWriteMinimum());
            assertEquals(MOST, geometry.atomicWriteMaximum());
        }
    }

    @Test
    void isNoneWhereItDoesNot() throws IOException {
        try (DirectFile file = file(0, 0)) {
            assertFalse(examine(file).capabilities().contains(Capability.ATOMIC_WRITES));
            assertEquals(0, file.channel.geometry().atomicWriteMaximum());
            ByteBuffer block = DirectFile.aligned(BLOCK, 0);
            StorageException e = assertThrows(StorageException.class, () -> file.channel.write(block, 0, ATOMIC));
            assertEquals(Kind.UNSUPPORTED, e.kind());
            assertEquals(List.of(), written);
        }
    }

    @Test
    void eachIsOneCallFromOneBuffer() throws IOException {
        try (DirectFile file = file()) {
            for (int length = BLOCK; length <= MOST; length *= 2) {
                byte[] bytes = DirectFile.content(length, length);
                ByteBuffer source = DirectFile.aligned(bytes);
                assertEquals(length, file.channel.write(source, 2L * length, ATOMIC));
                assertFalse(source.hasRemaining());
                assertArrayEquals(bytes, Arrays.copyOfRange(file.seen(), 2 * length, 3 * length));
            }
            file.channel.write(DirectFile.aligned(MOST, 0), 0, ATOMIC.with(TransferFlags.DURABLE));
            assertEquals(
                    List.of(
                            "1 at 8192 flags 64",
                            "1 at 16384 flags 64",
                            "1 at 32768 flags 64",
                            "1 at 0 flags 64 durable"),
                    written);
            assertEquals(0, file.meter.bouncedBytes());
        }
    }

    @Test
    void aBufferThatDoesNotSuitIsCopiedWhole() throws IOException {
        try (DirectFile file = file()) {
            byte[] bytes = DirectFile.content(MOST, 3);
            ByteBuffer source = ByteBuffer.wrap(bytes);
            assertEquals(MOST, file.channel.write(source, MOST, ATOMIC));
            assertFalse(source.hasRemaining());
            assertEquals(List.of("1 at " + MOST + " flags 64"), written);
            assertArrayEquals(bytes, Arrays.copyOfRange(file.seen(), MOST, 2 * MOST));
            assertEquals(MOST, file.meter.counts().get("heap buffer").bouncedBytes());
        }
    }

    @Test
    void onesPastTheEndMoveIt() throws IOException {
        try (DirectFile file = file()) {
            byte[] bytes = DirectFile.content(MOST, 3);
            assertEquals(MOST, file.channel.write(DirectFile.aligned(bytes), SIZE, ATOMIC));
            assertEquals(1, written.size());
            byte[] seen = file.seen();
            assertEquals(SIZE + MOST, seen.length);
            assertArrayEquals(bytes, Arrays.copyOfRange(seen, SIZE, SIZE + MOST));
            ByteBuffer back = DirectFile.aligned(MOST, 0);
            assertEquals(MOST, file.read(back, SIZE));
        }
    }

    @Test
    void whatWasReadAheadIsForgotten() throws IOException {
        try (DirectFile file = file()) {
            SequentialReader reader = new SequentialReader(file, BLOCK, 0);
            reader.next(4);
            assertTrue(file.meter.bouncedBytes() > 0, "it is read ahead");
            file.channel.write(DirectFile.aligned(DirectFile.content(MOST, 3)), MOST, ATOMIC);
            reader.next(8);
        }
    }

    @Test
    void othersAreRefusedWithTheLimits() throws IOException {
        try (DirectFile file = file()) {
            byte[] before = file.seen();
            assertRefused(file, DirectFile.aligned(BLOCK / 2, 0), 0);
            assertRefused(file, DirectFile.aligned(3 * BLOCK, 0), 0);
            assertRefused(file, DirectFile.aligned(2 * MOST, 0), 0);
            assertRefused(file, DirectFile.aligned(2 * BLOCK, 0), BLOCK);
            assertRefused(file, ByteBuffer.allocate(100), 5);
            assertEquals(List.of(), written);
            script.answerFirst("pwritev2", (a, real) -> Errno.EINVAL.result());
            assertRefused(file, DirectFile.aligned(BLOCK, 0), 0);
            script.answerFirst("pwritev2", (a, real) -> Errno.EOPNOTSUPP.result());
            assertRefused(file, DirectFile.aligned(BLOCK, 0), 0);
            ByteBuffer[] two = {DirectFile.aligned(BLOCK, 0), DirectFile.aligned(BLOCK, 0)};
            StorageException e = assertThrows(StorageException.class, () -> file.channel.write(two, 0, ATOMIC));
            assertEquals(Kind.UNSUPPORTED, e.kind());
            assertArrayEquals(before, file.seen());
        }
    }

    @Test
    void oneThatNoBounceBufferHoldsIsRefused() throws IOException {
        int large = 2 * (64 << 10);
        try (DirectFile file = file(BLOCK, large)) {
            ByteBuffer source = ByteBuffer.allocate(large);
            StorageException e = assertThrows(StorageException.class, () -> file.channel.write(source, 0, ATOMIC));
            assertEquals(Kind.UNSUPPORTED, e.kind());
            assertTrue(e.getMessage().contains("bounce.size.kib=64"), e.getMessage());
        }
    }

    @Test
    void failuresAreToldAndNothingCountsAsWritten() throws IOException {
        try (DirectFile file = file()) {
            ByteBuffer source = DirectFile.aligned(MOST, 0);
            script.answerFirst("pwritev2", (a, real) -> Errno.EIO.result());
            StorageException e = assertThrows(StorageException.class, () -> file.channel.write(source, 0, ATOMIC));
            assertEquals(Kind.IO_ERROR, e.kind());
            script.answerFirst("pwritev2", (a, real) -> (long) BLOCK);
            e = assertThrows(StorageException.class, () -> file.channel.write(source, 0, ATOMIC));
            assertEquals(Kind.IO_ERROR, e.kind());
            assertTrue(e.getMessage().contains("cut short"), e.getMessage());
            assertEquals(0, e.transferred());
            assertEquals(0, source.position());
            // No range is held, and the vectors are as good as new.
            assertEquals(MOST, file.channel.write(source, 0, ATOMIC));
            assertEquals(3, file.write(new byte[3], 7));
        }
    }

    @Test
    void onAQueueTheChannelDoesIt() throws IOException {
        try (DirectFile file = file();
                ChannelQueue queue = file.queue(4)) {
            queue.write(DirectFile.aligned(DirectFile.content(BLOCK, 5)), 0, BLOCK, BLOCK, 1, ATOMIC);
            queue.write(DirectFile.aligned(BLOCK, 0), 0, 512, BLOCK, 2, ATOMIC);
            List<String> done = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (queue.pending() > 0 && System.nanoTime() < end) {
                queue.submit(2, TimeUnit.SECONDS.toNanos(1));
                queue.poll(new Noted(done));
            }
            done.sort(null);
            assertEquals(List.of("1:" + BLOCK, "2:UNSUPPORTED"), done);
            assertEquals(List.of("1 at " + BLOCK + " flags 64"), written);
        }
    }
}
