package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Linux;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Durable writes go by descriptors with O_DSYNC, whichever way their bytes take; no other write does. */
@Timeout(60)
class DurableWritesTest {
    private static final int BLOCK = DirectFile.BLOCK;
    private static final int SIZE = 4 * BLOCK + 100;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();
    private final List<Boolean> synchronous = new CopyOnWriteArrayList<>();

    private DirectFile file() throws IOException {
        script.answer("pwrite", Integer.MAX_VALUE, (arguments, real) -> {
            int flags = script.real().fcntl((Integer) arguments[0], Linux.F_GETFL, 0);
            synchronous.add((flags & Linux.O_DSYNC) != 0);
            return real.make(arguments);
        });
        DirectFile file = new DirectFile(directory.resolve("file"), script.calls(), Settings.SMALL, SIZE);
        synchronous.clear();
        return file;
    }

    private void assertWritten(DirectFile file, byte[] bytes, long position, boolean aligned) throws IOException {
        ByteBuffer buffer = aligned ? DirectFile.aligned(bytes) : ByteBuffer.wrap(bytes);
        assertEquals(bytes.length, file.channel.write(buffer, position, TransferFlags.DURABLE));
        assertFalse(synchronous.isEmpty());
        assertFalse(synchronous.contains(false), "all of it by O_DSYNC");
        byte[] seen = file.seen();
        Assertions.assertArrayEquals(
                bytes, Arrays.copyOfRange(seen, (int) position, (int) position + bytes.length), "at " + position);
        synchronous.clear();
    }

    @Test
    void everyWayOfADurableWriteIsSynchronous() throws IOException {
        try (DirectFile file = file()) {
            assertWritten(file, DirectFile.content(2 * BLOCK, 2), BLOCK, true);
            assertWritten(file, DirectFile.content(777, 3), BLOCK + 5, false);
            assertWritten(file, DirectFile.content(50, 4), 4 * BLOCK + 40, false);
            assertWritten(file, DirectFile.content(300, 5), 4 * BLOCK + 60, true);
            assertWritten(file, DirectFile.content(3 * BLOCK + 9, 6), 7 * BLOCK, false);
            assertEquals(10 * BLOCK + 9, file.channel.size());
        }
    }

    @Test
    void aPlainWriteIsNot() throws IOException {
        try (DirectFile file = file()) {
            file.write(DirectFile.content(3 * BLOCK, 2), 3);
            file.write(DirectFile.content(50, 2), SIZE);
            assertFalse(synchronous.contains(true));
        }
    }

    @Test
    void onTheRingADurableWriteGoesUncopied() throws IOException {
        try (DirectFile file = file();
                ChannelQueue queue = file.queue(4)) {
            byte[] bytes = DirectFile.content(BLOCK, 9);
            queue.write(DirectFile.aligned(bytes), 0, BLOCK, BLOCK, 1, TransferFlags.DURABLE);
            queue.write(DirectFile.aligned(bytes), 0, 100, 2 * BLOCK, 2, TransferFlags.DURABLE);
            List<String> done = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (queue.pending() > 0 && System.nanoTime() < end) {
                queue.submit(2, TimeUnit.SECONDS.toNanos(1));
                queue.poll(new Noted(done));
            }
            done.sort(null);
            assertEquals(List.of("1:" + BLOCK, "2:100"), done);
            assertEquals(List.of(true), synchronous, "one aside, one on the ring");
            assertTrue(Arrays.equals(bytes, Arrays.copyOfRange(file.seen(), BLOCK, 2 * BLOCK)));
        }
    }
}
