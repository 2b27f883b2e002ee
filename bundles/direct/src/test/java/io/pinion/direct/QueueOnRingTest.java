package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter.Count;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A channel's queue: what goes by the ring, and what becomes of neighbours, of idle owners, and where there is no ring. */
@Timeout(60)
class QueueOnRingTest {
    private static final int BLOCK = DirectFile.BLOCK;
    private static final int SIZE = 16 * BLOCK;
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);
    private static final TransferFlags NONE = TransferFlags.NONE;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();
    private final AtomicInteger transfers = new AtomicInteger();
    private final List<String> done = new ArrayList<>();

    private final CompletionSink sink = new Noted(done);

    private DirectFile file() throws IOException {
        for (String name : List.of("pread", "pwrite")) {
            script.answer(name, Integer.MAX_VALUE, (arguments, real) -> {
                transfers.incrementAndGet();
                return real.make(arguments);
            });
        }
        DirectFile file = new DirectFile(directory.resolve("file"), script.calls(), Settings.SMALL, SIZE);
        transfers.set(0);
        return file;
    }

    private void complete(ChannelQueue queue) throws StorageException {
        long end = System.nanoTime() + LONG;
        while (queue.pending() > 0) {
            assertTrue(System.nanoTime() < end, () -> "done: " + done);
            queue.submit(queue.pending(), LONG);
            queue.poll(sink);
        }
    }

    private static ByteBuffer block(int value) {
        ByteBuffer buffer = DirectFile.aligned(BLOCK, 0);
        for (int i = 0; i < BLOCK; i++) {
            buffer.put(i, (byte) value);
        }
        return buffer;
    }

    @Test
    void wholeBlocksGoByTheRingAloneAndUncopied() throws IOException {
        try (DirectFile file = file();
                ChannelQueue queue = file.queue(8)) {
            queue.write(block(1), 0, BLOCK, BLOCK, 1, NONE);
            queue.write(block(2), 0, BLOCK, 3 * BLOCK, 2, NONE);
            queue.flush(3);
            complete(queue);
            ByteBuffer back = DirectFile.aligned(BLOCK, 0);
            queue.read(back, 0, BLOCK, BLOCK, 4, NONE);
            complete(queue);
            assertEquals(List.of("3:0", "4:" + BLOCK), done.subList(2, 4));
            assertEquals(0, transfers.get());
            assertEquals(0, file.meter.bouncedBytes());
            assertEquals(1, back.get(BLOCK - 1));
            assertEquals(2, file.seen()[3 * BLOCK]);
        }
    }

    @Test
    void hundredsOfWritesAreInFlightOnTheRing() throws IOException {
        int depth = 300;
        try (DirectFile file = file();
                ChannelQueue queue = file.queue(depth)) {
            for (int i = 0; i < depth; i++) {
                queue.write(block(i / 16 + 1), 0, BLOCK, i % 16 * BLOCK, i, NONE);
            }
            complete(queue);
            assertEquals(depth, done.size());
            assertEquals(0, transfers.get());
        }
    }

    @Test
    void whatIsNotAlignedIsCopiedAsideAndCounted() throws IOException {
        try (DirectFile file = file();
                ChannelQueue queue = file.queue(8)) {
            byte[] model = file.seen();
            queue.write(block(9), 0, 100, 5 * BLOCK + 7, 1, NONE);
            queue.write(block(8), 0, 50, SIZE, 2, NONE);
            queue.read(ByteBuffer.allocate(10), 0, 10, 3, 3, NONE);
            complete(queue);
            done.sort(null);
            assertEquals(List.of("1:100", "2:50", "3:10"), done);
            byte[] seen = file.seen();
            assertEquals(SIZE + 50, seen.length);
            assertEquals(8, seen[SIZE + 49]);
            assertEquals(9, seen[5 * BLOCK + 106]);
            assertEquals(model[5 * BLOCK + 6], seen[5 * BLOCK + 6]);
            assertEquals(model[5 * BLOCK + 107], seen[5 * BLOCK + 107]);
            Count unaligned = file.meter.counts().get("offset is not a multiple of 512");
            assertTrue(unaligned == null || unaligned.bouncedBytes() > 0);
            assertTrue(file.meter.bouncedBytes() >= 110);
        }
    }

    @Test
    void anUnalignedWriteDoesNotWaitForAnOwnerWhoDoesNotCall() throws IOException {
        try (DirectFile file = file();
                ChannelQueue queue = file.queue(8)) {
            for (int round = 1; round <= 20; round++) {
                queue.write(block(round), 0, BLOCK, BLOCK, round, NONE);
                queue.submit(0, 0);
                // The owner itself, which can't reap meanwhile.
                assertEquals(3, file.write(new byte[] {77, 77, 77}, BLOCK + 500));
                complete(queue);
                byte[] seen = file.seen();
                assertEquals(round, seen[BLOCK + 499]);
                assertEquals(77, seen[BLOCK + 502]);
                assertEquals(round, seen[2 * BLOCK - 1]);
            }
            assertEquals(20, done.size());
        }
    }

    @Test
    void overlappingNeighboursOnOneQueueLoseNothing() throws IOException {
        try (DirectFile file = file();
                ChannelQueue queue = file.queue(8)) {
            for (int round = 1; round <= 50; round++) {
                queue.write(block(round), 0, 2048, 4 * BLOCK, 1, NONE);
                queue.write(block(round + 1), 0, 100, 4 * BLOCK + 2048, 2, NONE);
                queue.write(block(round + 2), 0, 1948, 4 * BLOCK + 2148, 3, NONE);
                queue.write(block(round + 3), 0, BLOCK, 5 * BLOCK, 4, NONE);
                complete(queue);
                byte[] seen = file.seen();
                assertEquals(round, seen[4 * BLOCK + 2047]);
                assertEquals(round + 1, seen[4 * BLOCK + 2147]);
                assertEquals(round + 2, seen[5 * BLOCK - 1]);
                assertEquals(round + 3, seen[6 * BLOCK - 1]);
            }
        }
    }

    @Test
    void theChannelMayCloseBeforeItsQueueIsQuiet() throws IOException {
        DirectFile file = file();
        ChannelQueue queue = file.queue(8);
        queue.write(block(5), 0, BLOCK, 0, 1, NONE);
        queue.write(block(6), 0, 77, BLOCK, 2, NONE);
        queue.submit(0, 0);
        file.close();
        complete(queue);
        queue.close();
        assertTrue(done.contains("1:" + BLOCK), done::toString);
        assertEquals(5, file.seen()[BLOCK - 1]);
    }

    @Test
    void whereThereIsNoRingQueuesAreBuiltOnThreadsAndItIsSaidWhy() throws Exception {
        for (Errno errno : List.of(Errno.EPERM, Errno.ENOSYS, Errno.ENOMEM)) {
            ScriptedCalls none = new ScriptedCalls().fail("ioUringSetup", Integer.MAX_VALUE, errno);
            String why = whyOfAVolumeWithAQueue(none.calls());
            assertTrue(why.contains("built on threads") && why.contains(errno.name()), why);
        }
    }

    private String whyOfAVolumeWithAQueue(SystemCalls calls) throws Exception {
        Path path = Files.write(directory.resolve("volume"), new byte[SIZE]);
        try (Pinion pinion = Pinion.start()) {
            pinion.add("direct", new DirectStrategy(calls, Settings.SMALL));
            pinion.configure("v", Map.of("target", path.toString(), "strategy", "direct"));
            Volume volume = pinion.volume("v", Duration.ofSeconds(10));
            try (IoQueue queue = volume.openQueue(4)) {
                queue.write(block(3), 0, BLOCK, BLOCK, 1, NONE);
                while (queue.pending() > 0) {
                    queue.submit(1, LONG);
                    queue.poll(sink);
                }
                assertEquals(3, Files.readAllBytes(path)[BLOCK]);
                return String.join("\n", pinion.admin().why("v"));
            }
        }
    }

    @Test
    void aClosedChannelOpensNone() throws IOException {
        DirectFile file = file();
        file.close();
        StorageException refused = assertThrows(StorageException.class, () -> file.channel.openQueue(4));
        assertEquals(Kind.CLOSED, refused.kind());
    }
}
