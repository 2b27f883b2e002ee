package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.linux.Linux;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One random operation after the other, against an array: every offset, length and sort of buffer. */
class ModelTest {
    private static final int MOST = 300_000;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final Random random = new Random(Long.getLong("pinion.seed", 20260101));
    private byte[] model;
    private int next;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 4096, 10_000, 131_072})
    void doesWhatAnArrayDoes(int size) throws IOException {
        try (DirectFile file = new DirectFile(directory, Settings.SMALL, size)) {
            compare(file, size);
        }
    }

    /** As a kernel of 6.14 tells of file systems whose reads may be finer than their writes. */
    @Test
    void readsMayBeFinerThanWrites() throws IOException {
        ScriptedCalls script = new ScriptedCalls().answer("statx", Integer.MAX_VALUE, (a, real) -> {
            Object result = real.make(a);
            ByteBuffer data = ((ByteBuffer) a[4]).duplicate().order(ByteOrder.nativeOrder());
            data.putInt(180, data.getInt(156)).putInt(156, 2 * DirectFile.BLOCK);
            data.putInt(0, data.getInt(0) | Linux.STATX_DIO_READ_ALIGN);
            return result;
        });
        try (DirectFile file = new DirectFile(directory.resolve("file"), script.calls(), Settings.SMALL, 50_000)) {
            assertEquals(2 * DirectFile.BLOCK, file.channel.geometry().offsetAlignment());
            compare(file, 50_000);
        }
    }

    private void compare(DirectFile file, int size) throws IOException {
        model = DirectFile.content(size, 1);
        for (int step = 0; step < 400; step++) {
            String what = step(file);
            assertEquals(model.length, file.channel.size(), () -> what + ", size before " + size);
            if (step % 20 == 0) {
                assertArrayEquals(model, file.seen(), what);
            }
        }
        file.channel.flush();
        assertArrayEquals(model, file.seen());
    }

    private String step(DirectFile file) throws IOException {
        int choice = random.nextInt(10);
        if (choice == 0) {
            int size = place();
            file.channel.setSize(size);
            model = Arrays.copyOf(model, size);
            return "setSize " + size;
        }
        // Now and then it goes on where it ended, as sequential readers do.
        int position = choice < 4 ? next : place();
        int length = random.nextInt(4) == 0 ? random.nextInt(200_000) : random.nextInt(3000);
        length = random.nextBoolean() ? length : length & -512;
        ByteBuffer buffer = buffer(length);
        String what = "position=" + position + " length=" + length + " direct=" + buffer.isDirect();
        if (choice < 5) {
            read(file, buffer, position, what);
        } else {
            write(file, buffer, position, what);
        }
        next = Math.min(position + length, model.length);
        return what;
    }

    private void read(DirectFile file, ByteBuffer buffer, int position, String what) throws StorageException {
        int length = buffer.remaining();
        int expected = Math.min(length, model.length - position);
        int got = file.read(buffer, position);
        assertEquals(length == 0 ? 0 : expected <= 0 ? -1 : expected, got, "read " + what);
        byte[] bytes = new byte[Math.max(got, 0)];
        buffer.flip().position(buffer.limit() - bytes.length).get(bytes);
        assertArrayEquals(
                got <= 0 ? bytes : Arrays.copyOfRange(model, position, position + got), bytes, "read " + what);
    }

    private void write(DirectFile file, ByteBuffer buffer, int position, String what) throws StorageException {
        byte[] bytes = DirectFile.content(buffer.remaining(), random.nextLong());
        buffer.mark().put(bytes).reset();
        TransferFlags flags = random.nextBoolean() ? TransferFlags.NONE : TransferFlags.UNCACHED;
        assertEquals(bytes.length, file.channel.write(buffer, position, flags), "write " + what);
        assertEquals(0, buffer.remaining());
        if (bytes.length > 0) {
            model = Arrays.copyOf(model, Math.max(model.length, position + bytes.length));
            System.arraycopy(bytes, 0, model, position, bytes.length);
        }
    }

    private int place() {
        int place = random.nextInt(4) == 0 ? model.length - 600 + random.nextInt(1200) : random.nextInt(MOST);
        place = Math.max(0, Math.min(MOST, place));
        return random.nextBoolean() ? place : place & -512;
    }

    private ByteBuffer buffer(int length) {
        int before = random.nextInt(5);
        return switch (random.nextInt(4)) {
            case 0 -> ByteBuffer.allocate(length + before).position(before);
            case 1 -> DirectFile.aligned(length + before, 0).position(before);
            case 2 -> DirectFile.aligned(length, 512);
            default -> DirectFile.aligned(length, 0);
        };
    }
}
