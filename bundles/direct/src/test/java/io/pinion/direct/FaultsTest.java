package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FaultsTest {
    private static final int SIZE = 100_000;
    private static final String REFUSED =
            "the kernel refused an aligned transfer, or cut one within a block: page cache instead";

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();

    private DirectFile file() throws IOException {
        return new DirectFile(directory.resolve("file"), script.calls(), Settings.SMALL, SIZE);
    }

    @Test
    void goesOnAfterShortTransfersAndSignals() throws IOException {
        try (DirectFile file = file()) {
            byte[] model = file.seen();
            for (String name : new String[] {"pread", "pwrite"}) {
                script.fail(name, 2, Errno.EINTR).fail(name, 2, Errno.EAGAIN);
                for (int most : new int[] {512, 4096, 512, 100, 1}) {
                    script.answer(name, 1, (a, real) -> {
                        Object[] less = a.clone();
                        less[3] = Math.min(most, (Integer) a[3]);
                        // The kernel would refuse such a length: cut the count of a whole transfer in its place.
                        boolean whole = most % 512 == 0 || name.equals("pwrite");
                        return whole ? shorter(real, a, less, most) : Math.min(most, (Long) real.make(a));
                    });
                }
            }
            byte[] bytes = DirectFile.content(20_000, 5);
            System.arraycopy(bytes, 0, model, 4096, bytes.length);
            file.channel.write(DirectFile.aligned(Arrays.copyOf(bytes, 10_240)), 4096, TransferFlags.NONE);
            file.write(Arrays.copyOfRange(bytes, 10_240, 20_000), 4096 + 10_240);
            ByteBuffer back = DirectFile.aligned(20_480, 0);
            file.read(back, 4096);
            file.read(ByteBuffer.allocate(5000), 3);
            assertArrayEquals(Arrays.copyOfRange(model, 4096, 4096 + 20_480), bytes(back.flip()));
            assertArrayEquals(model, file.seen());
        }
    }

    private static Object shorter(ScriptedCalls.Call real, Object[] all, Object[] less, int most) throws Throwable {
        long done = (Long) real.make(most % 512 == 0 ? less : all);
        return Math.min(done, most);
    }

    @Test
    void neverEndingSignalsToTryAgainEnd() throws IOException {
        try (DirectFile file = file()) {
            script.fail("pread", Integer.MAX_VALUE, Errno.EAGAIN);
            StorageException e = assertThrows(StorageException.class, () -> file.read(ByteBuffer.allocate(10), 0));
            assertEquals(Kind.NO_RESOURCES, e.kind());
        }
    }

    @Test
    void aWriteOfNothingIsAnError() throws IOException {
        try (DirectFile file = file()) {
            script.answer("pwrite", 1, (a, real) -> 0L);
            StorageException e = assertThrows(StorageException.class, () -> file.write(new byte[10], 0));
            assertEquals(Kind.IO_ERROR, e.kind());
        }
    }

    @Test
    void tellsWhatWasWrittenBeforeTheDiskWasFull() throws IOException {
        try (DirectFile file = file()) {
            assertFull(file, DirectFile.aligned(40_960, 0), 0, 0);
            assertFull(file, DirectFile.aligned(40_960, 0), 4096, 4096);
            assertFull(file, ByteBuffer.allocate(200_000), 8192 - 100, 100);
            assertFull(file, ByteBuffer.allocate(300), 0, SIZE - 300);
        }
    }

    /** The first write takes the whole blocks that {@code taken} needs, if it needs any, and the next none. */
    private void assertFull(DirectFile file, ByteBuffer buffer, int taken, int position) throws IOException {
        int wanted = buffer.remaining();
        if (taken > 0) {
            script.answer("pwrite", 1, (a, real) -> {
                Object[] less = a.clone();
                less[3] = (taken + 100) / 4096 * 4096;
                return real.make(less);
            });
        }
        script.fail("pwrite", 1, Errno.ENOSPC);
        StorageException e =
                assertThrows(StorageException.class, () -> file.channel.write(buffer, position, TransferFlags.NONE));
        assertEquals(Kind.NO_SPACE, e.kind());
        assertEquals(taken, e.transferred(), e::toString);
        assertEquals(taken, buffer.position());
        assertEquals(position, e.offset());
        assertEquals(wanted, e.length());
        assertEquals(Errno.ENOSPC.number(), e.errno().orElse(0));
        assertEquals("direct", e.strategy());
        assertEquals(file.path.toString(), e.target());
    }

    @Test
    void afterAFullDiskTheLengthIsWhatTheFileHas() throws IOException {
        try (DirectFile file = file()) {
            byte[] model = file.seen();
            script.fail("pwrite", 1, Errno.ENOSPC);
            assertThrows(StorageException.class, () -> file.write(new byte[5000], SIZE - 10));
            assertEquals(file.seen().length, file.channel.size());
            file.write(new byte[] {1, 2, 3}, SIZE);
            assertArrayEquals(model, Arrays.copyOf(file.seen(), SIZE));
            assertEquals(SIZE + 3, file.channel.size());
        }
    }

    @Test
    void whatTheKernelRefusesGoesThroughThePageCacheAndIsCounted() throws IOException {
        try (DirectFile file = file()) {
            byte[] model = file.seen();
            for (int at : new int[] {4096, 100, SIZE - 2000}) {
                for (int direct = 0; direct < 2; direct++) {
                    byte[] bytes = DirectFile.content(4096, at + direct);
                    model = Arrays.copyOf(model, Math.max(model.length, at + 4096));
                    System.arraycopy(bytes, 0, model, at, 4096);
                    ByteBuffer buffer = direct == 0 ? ByteBuffer.wrap(bytes) : DirectFile.aligned(bytes);
                    long before = fallbacks(file);
                    refuseDirect("pwrite");
                    file.channel.write(buffer, at, TransferFlags.NONE);
                    assertEquals(before + 1, fallbacks(file));
                    refuseDirect("pread");
                    ByteBuffer back = direct == 0 ? ByteBuffer.allocate(4096) : DirectFile.aligned(4096, 0);
                    assertEquals(4096, file.read(back, at));
                    assertArrayEquals(bytes, bytes(back.flip()));
                    assertEquals(before + 2, fallbacks(file));
                }
            }
            assertArrayEquals(model, file.seen());
            file.channel.flush();
        }
    }

    /** The next call on the descriptor with O_DIRECT is refused. */
    private void refuseDirect(String name) {
        script.answer(name, 1, (a, real) -> {
            boolean direct = (script.real().fcntl((Integer) a[0], Linux.F_GETFL, 0) & Linux.O_DIRECT) != 0;
            return direct ? (Object) Errno.EINVAL.result() : real.make(a);
        });
    }

    private static long fallbacks(DirectFile file) {
        return file.meter.counts().get(REFUSED).fallbacks();
    }

    @Test
    void aFileThatSomeoneElseCutsIsNotPaddedByAnEdge() throws IOException {
        try (DirectFile file = file();
                FileChannel other = FileChannel.open(file.path, StandardOpenOption.WRITE)) {
            byte[] model = Arrays.copyOf(file.seen(), 5000);
            other.truncate(5000);
            file.write(new byte[] {1}, 4990);
            model[4990] = 1;
            assertArrayEquals(model, file.seen());

            other.truncate(700);
            file.write(new byte[] {1}, 5001);
            model = Arrays.copyOf(Arrays.copyOf(model, 700), 5002);
            model[5001] = 1;
            assertArrayEquals(model, file.seen());
            assertEquals(-1, file.read(ByteBuffer.allocate(1), 60_000));
        }
    }

    @Test
    void aFileThatSomeoneElseExtendsKeepsWhatHeWrote() throws IOException {
        try (DirectFile file = file();
                FileChannel other = FileChannel.open(file.path, StandardOpenOption.WRITE)) {
            byte[] more = DirectFile.content(3000, 3);
            other.write(ByteBuffer.wrap(more), SIZE);
            file.write(new byte[] {1}, SIZE + 10);
            more[10] = 1;
            assertArrayEquals(more, Arrays.copyOfRange(file.seen(), SIZE, SIZE + 3000));
            assertEquals(SIZE + 3000, file.seen().length);
        }
    }

    @Test
    void positionsAtTheFarEndAreAnsweredAsByFileChannel() throws IOException {
        try (DirectFile file = file()) {
            for (long position : new long[] {Long.MAX_VALUE - 4096, Long.MAX_VALUE - 10, 1L << 60}) {
                assertEquals(-1, file.read(ByteBuffer.allocate(10), position));
                assertEquals(-1, file.read(DirectFile.aligned(512, 0), (position & -512) - 512));
                StorageException e = assertThrows(StorageException.class, () -> file.write(new byte[10], position));
                assertEquals(Kind.NO_SPACE, e.kind(), e::toString);
            }
            assertEquals(SIZE, file.channel.size());
        }
    }

    @Test
    void aFailedFlushTellsOfCollisions() throws IOException {
        try (DirectFile file = file()) {
            script.fail("fdatasync", 1, Errno.EIO);
            StorageException e = assertThrows(StorageException.class, file.channel::flush);
            assertEquals(Kind.FLUSH_FAILED, e.kind());
            assertEquals(Errno.EIO.number(), e.errno().orElse(0));
            assertTrue(e.getMessage().contains("Page cache invalidation failure"), e.getMessage());
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
