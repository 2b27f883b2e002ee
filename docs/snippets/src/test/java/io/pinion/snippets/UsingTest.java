package io.pinion.snippets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.buffered.BufferedStrategy;
import io.pinion.direct.DirectStrategy;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxKernelFiles;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.memory.PagePinner;
import io.pinion.memory.Pin;
import io.pinion.memory.mlock.MlockPinner;
import io.pinion.memory.pool.ArenaPool;
import io.pinion.strategy.Capability;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.Discard;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeStatistics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/using.md shows, on a volume of the strategies that Linux has. */
class UsingTest {
    private static final int PAGES = 32;

    @TempDir
    Path directory;

    private final Pinion pinion = Pinion.start();
    private Volume volume;

    @BeforeEach
    void open() throws Exception {
        SystemCalls calls = new LibC();
        pinion.guard(new LinuxTargetGuard(calls));
        pinion.add("buffered", new BufferedStrategy(new LinuxKernelFiles(calls)));
        DirectStrategy direct = new DirectStrategy(calls);
        pinion.add("direct", direct);

        PagePinner pinner = new MlockPinner(calls, "ledgers");
        direct.bindPinner(pinner);
        ArenaPool pool = new ArenaPool(calls);
        pool.bindPinner(pinner);
        String target = directory.resolve("ledger.img").toString();
        pinion.configure("ledger", Map.of("target", target, "strategy", "direct,buffered", "size", "1MiB"));
        volume = pinion.volume("ledger", Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        pinion.close();
    }

    @Test
    void what_is_written_is_read() throws Exception {
        ByteBuffer entry = ByteBuffer.wrap("one".getBytes(StandardCharsets.UTF_8));
        long position = 5000;

        volume.write(entry, position);
        volume.flush();

        ByteBuffer back = ByteBuffer.allocate(3);
        assertEquals(3, volume.read(back, position));
        assertEquals("one", new String(back.array(), StandardCharsets.UTF_8));
    }

    @Test
    void an_aligned_buffer_is_not_bounced() throws Exception {
        int size = 64 << 10;
        int alignment = volume.geometry().memoryAlignment();
        ByteBuffer buffer = ByteBuffer.allocateDirect(size + alignment)
                .alignedSlice(alignment)
                .limit(size);

        assertEquals(size, volume.write(buffer, 0));
        VolumeStatistics.ByStrategy moved = pinion.admin()
                .statistics("ledger")
                .byStrategy()
                .values()
                .iterator()
                .next();
        assertEquals(size, moved.zeroCopyBytes());
        assertEquals(0, moved.bouncedBytes());
    }

    @Test
    void what_nobody_reads_again_is_written_uncached() throws Exception {
        ByteBuffer entry = ByteBuffer.wrap("one".getBytes(StandardCharsets.UTF_8));
        long position = 7000;
        boolean can = volume.capabilities().contains(Capability.UNCACHED_TRANSFERS);

        if (volume.capabilities().contains(Capability.UNCACHED_TRANSFERS)) {
            volume.write(entry, position, TransferFlags.UNCACHED);
        }

        assertEquals(can, !entry.hasRemaining());
    }

    @Test
    void a_queue_reads_many_at_once() throws Exception {
        ByteBuffer content = ByteBuffer.allocate(PAGES * 4096);
        for (int i = 0; i < PAGES; i++) {
            content.put(i * 4096, (byte) i);
        }
        volume.write(content, 0);
        ByteBuffer[] buffers = Stream.generate(() -> ByteBuffer.allocateDirect(4096))
                .limit(PAGES)
                .toArray(ByteBuffer[]::new);
        List<Integer> shuffled = new ArrayList<>();
        for (int i = 0; i < PAGES; i++) {
            shuffled.add(i);
        }
        Collections.shuffle(shuffled);
        long[] positions = shuffled.stream().mapToLong(page -> page * 4096L).toArray();
        Delivered sink = new Delivered();

        try (IoQueue queue = volume.openQueue(32)) { // belongs to this thread
            for (int i = 0; i < 32; i++) {
                queue.read(buffers[i], 0, 4096, positions[i], i, TransferFlags.NONE);
            }
            while (queue.pending() > 0) {
                queue.submit(8, TimeUnit.SECONDS.toNanos(1)); // hands all over, waits for 8
                queue.poll(sink); // delivers what has completed, each once
            }
        }

        assertEquals(PAGES, sink.tokens.size());
        for (int i = 0; i < PAGES; i++) {
            assertEquals(shuffled.get(i).byteValue(), buffers[i].get(0));
        }
    }

    @Test
    void memory_of_ones_own_is_pinned() throws Exception {
        PagePinner pinner = new MlockPinner(new LibC(), "com.example.ledger");
        long before = pinner.pinnedBytes();
        ByteBuffer index = ByteBuffer.allocateDirect(4096).limit(100);

        try (Pin pin = pinner.pin(index, PagePinner.Access.READ, "the index")) { // from its position to its limit
            search(pin.region());
        }

        assertEquals(before, pinner.pinnedBytes());
    }

    private static void search(ByteBuffer region) {
        assertEquals(100, region.remaining());
    }

    @Test
    void an_extra_is_lent() throws Exception {
        Assumptions.assumeTrue(
                volume.capabilities().contains(Capability.DISCARD), "needs a file system that punches holes");
        volume.write(ByteBuffer.allocate(1 << 20).put(0, (byte) 1), 0);

        long freed = volume.with(Discard.class, discard -> {
            long length = 16 * discard.granularity();
            discard.discard(0, length);
            return length;
        });

        assertTrue(freed > 0);
        ByteBuffer back = ByteBuffer.allocate(1);
        volume.read(back, 0);
        assertEquals(0, back.get(0), "a hole in a file reads as zeroes");
    }

    private static final class Delivered implements CompletionSink {
        private final List<Long> tokens = new ArrayList<>();

        @Override
        public void completed(long token, int transferred) {
            assertEquals(4096, transferred);
            tokens.add(token);
        }

        @Override
        public void failed(long token, StorageException error) {
            throw new AssertionError(error);
        }
    }
}
