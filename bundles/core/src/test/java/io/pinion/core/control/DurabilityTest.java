package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Capability;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeStatistics.Durability;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which flush covers what, as operators see it. */
@Timeout(60)
class DurabilityTest {
    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        stage.close();
    }

    private Durability durability() {
        return stage.statistics().durability();
    }

    private static void write(Volume volume, int bytes) throws StorageException {
        volume.write(ByteBuffer.allocate(bytes), 0);
    }

    @Test
    void aFlushCoversWhatHadReturnedBeforeItAndNoMore() throws Exception {
        Volume volume = stage.open();
        write(volume, 10);
        assertEquals(Optional.empty(), durability().lastFlush());
        assertEquals(10, durability().unflushedBytes());
        CountDownLatch inFlush = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        stage.a.onFlush = () -> {
            inFlush.countDown();
            FakeStrategy.waitingFor(goOn).run();
        };
        Instant before = Instant.now();
        Future<?> flush = threads.submit(() -> {
            volume.flush();
            return null;
        });
        inFlush.await();
        write(volume, 7);
        assertEquals(17, durability().unflushedBytes());
        goOn.countDown();
        flush.get(15, TimeUnit.SECONDS);
        assertEquals(7, durability().unflushedBytes());
        assertTrue(!durability().lastFlush().orElseThrow().isBefore(before));
    }

    @Test
    void aFlushThatFailedCoversNothingUntilTheLossIsAccepted() throws Exception {
        Volume volume = stage.open();
        write(volume, 10);
        stage.a.onFlush = () -> {
            throw FakeStrategy.failure(Kind.IO_ERROR, "write-back failed");
        };
        assertThrows(StorageException.class, volume::flush);
        assertEquals(10, durability().unflushedBytes());
        assertEquals(Optional.empty(), durability().lastFlush());
        stage.a.onFlush = FakeStrategy.Step.NOTHING;
        stage.pinion.admin().reopen("v", true);
        assertEquals(0, durability().unflushedBytes());
    }

    @Test
    void aDurableWriteNeedsNoFlush() throws Exception {
        Volume volume = stage.open();
        volume.write(ByteBuffer.allocate(10), 0, TransferFlags.DURABLE);
        assertEquals(0, durability().unflushedBytes());
        assertEquals(1, stage.statistics().writes());
        assertEquals(10, stage.statistics().writtenBytes());
        write(volume, 5);
        volume.write(new ByteBuffer[] {ByteBuffer.allocate(3), ByteBuffer.allocate(3)}, 0, TransferFlags.DURABLE);
        assertEquals(0, durability().unflushedBytes(), "its flush covers what came before");
    }

    @Test
    void aSwapFlushesAll() throws Exception {
        write(stage.open(), 10);
        assertTrue(stage.pinion.admin().swap("v", "b").isServing());
        assertEquals(0, durability().unflushedBytes());
        assertTrue(durability().lastFlush().isPresent());
    }

    @Test
    void aQueuesFlushCoversTheWritesBeforeIt() throws Exception {
        batch(stage.open());
    }

    @Test
    void aRingsFlushCoversTheWritesBeforeIt() throws Exception {
        stage.a.capabilities = Set.of(Capability.NATIVE_QUEUE);
        stage.a.ownerBoundQueue = true;
        batch(stage.open());
    }

    private void batch(Volume volume) throws StorageException {
        CompletionSink sink = new CompletionSink() {
            @Override
            public void completed(long token, int transferred) {}

            @Override
            public void failed(long token, StorageException error) {
                throw new AssertionError(error);
            }
        };
        try (IoQueue queue = volume.openQueue(4)) {
            queue.write(ByteBuffer.allocate(8), 0, 8, 0, 1, TransferFlags.NONE);
            queue.write(ByteBuffer.allocate(8), 0, 8, 8, 2, TransferFlags.DURABLE);
            queue.flush(3);
            queue.submit(3, TimeUnit.SECONDS.toNanos(10));
            assertEquals(3, queue.poll(sink));
            assertEquals(0, durability().unflushedBytes());
            queue.write(ByteBuffer.allocate(8), 0, 8, 0, 4, TransferFlags.NONE);
            queue.submit(1, TimeUnit.SECONDS.toNanos(10));
            assertEquals(1, queue.poll(sink));
            assertEquals(8, durability().unflushedBytes());
        }
        assertEquals(24, stage.statistics().writtenBytes());
        assertEquals(0, stage.statistics().inFlight());
    }
}
