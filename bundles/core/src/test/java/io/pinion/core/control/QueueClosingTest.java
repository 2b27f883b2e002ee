package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queues that are closed when it suits least: what was submitted goes on, and what was lost is told. */
@Timeout(60)
class QueueClosingTest {
    private static final long SECONDS = TimeUnit.SECONDS.toNanos(5);

    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        stage.close();
    }

    @Test
    void anOwnerThatLearnsThatItsRingIsClosedGivesItBack() throws Exception {
        AtomicInteger open = new AtomicInteger();
        CountDownLatch inSubmit = new CountDownLatch(1);
        CountDownLatch isClosed = new CountDownLatch(1);
        stage.a.ownerBoundQueue = true;
        stage.a.queues = queue -> {
            open.incrementAndGet();
            return new WrappedQueue(queue) {
                @Override
                public boolean isOwnerBound() {
                    return true;
                }

                @Override
                public int submit(int minimum, long timeoutNanos) throws StorageException {
                    inSubmit.countDown();
                    FakeStrategy.waitingFor(isClosed).run();
                    return super.submit(minimum, timeoutNanos);
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                    super.close();
                }
            };
        };
        Volume volume = stage.openWithQueues();
        IoQueue queue = volume.openQueue(1);
        Stage.write(queue, 1, TransferFlags.NONE);
        threads.submit(() -> {
            inSubmit.await();
            queue.close();
            isClosed.countDown();
            return null;
        });
        StorageException e = assertThrows(StorageException.class, () -> queue.submit(1, SECONDS));
        assertEquals(Kind.CLOSED, e.kind());
        assertEquals(0, open.get());
    }

    @Test
    void aQueueLeftBehindByASwapIsAskedUntilItIsQuiet() throws Exception {
        AtomicBoolean quiet = new AtomicBoolean();
        AtomicInteger foundQuiet = new AtomicInteger();
        stage.a.queues = queue -> new WrappedQueue(queue) {
            @Override
            public boolean isQuiet() {
                return quiet.get() && foundQuiet.incrementAndGet() > 0;
            }
        };
        Volume volume = stage.openWithQueues();
        IoQueue queue = volume.openQueue(1);
        Stage.write(queue, 1, TransferFlags.NONE);
        queue.submit(1, SECONDS);
        queue.poll(new Notes());
        assertEquals(Outcome.PUBLISHED, stage.pinion.admin().swap("v", "b").outcome());
        quiet.set(true);
        Stage.await("it is found quiet, though its owner is idle", () -> foundQuiet.get() == 1);
        queue.close();
    }

    @Test
    void aWriteBackThatFailedBeforeAQueueWasOpenedIsTheVolumes() throws Exception {
        stage.a.onFlush = () -> {
            throw FakeStrategy.failure(Kind.IO_ERROR, "write-back failed");
        };
        Volume volume = stage.openWithQueues();
        volume.write(ByteBuffer.allocate(8), 0);
        IoQueue queue = volume.openQueue(1);
        queue.submit(0, 0);
        Stage.await("the volume is failed", () -> stage.status().state() == VolumeState.FAILED);
    }

    @Test
    void aFlushThatFailsAfterItsQueueWasClosedIsTheVolumesAllTheSame() throws Exception {
        Volume volume = stage.open();
        CountDownLatch inFlush = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        stage.a.onFlush = () -> {
            inFlush.countDown();
            FakeStrategy.waitingFor(fail).run();
            throw FakeStrategy.failure(Kind.IO_ERROR, "write-back failed");
        };
        IoQueue queue = volume.openQueue(1);
        queue.flush(1);
        queue.submit(0, 0);
        inFlush.await();
        queue.close();
        fail.countDown();
        Stage.await("the volume is failed", () -> stage.status().state() == VolumeState.FAILED);
    }

    @Test
    void whatWasSubmittedGoesOnWhenTheQueueIsClosed() throws Exception {
        Volume volume = stage.open();
        CountDownLatch slow = new CountDownLatch(1);
        stage.a.onTransfer = FakeStrategy.waitingFor(slow);
        AtomicInteger flushes = new AtomicInteger();
        stage.a.onFlush = flushes::incrementAndGet;
        int many = 32;
        IoQueue queue = volume.openQueue(many + 1);
        for (int i = 0; i < many; i++) {
            Stage.write(queue, i, TransferFlags.NONE);
        }
        queue.flush(many);
        queue.submit(0, 0);
        Stage.await("some are in the driver", () -> stage.a.transfers.get() > 0);
        queue.close();
        assertTrue(stage.statistics().inFlight() > 0);
        slow.countDown();
        Stage.await("all have run", () -> stage.a.transfers.get() == many && flushes.get() == 1);
        Stage.await("nothing is in flight", () -> stage.statistics().inFlight() == 0);
    }
}
