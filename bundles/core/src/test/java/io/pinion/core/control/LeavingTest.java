package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.volume.SwapReport;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Once a strategy has left, which is when its bundle may be uninstalled, no volume calls it any more. */
@Timeout(60)
class LeavingTest {
    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch latch = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);

    @AfterEach
    void close() {
        latch.countDown();
        threads.shutdownNow();
        stage.close();
    }

    private FakeStrategy.Step held() {
        FakeStrategy.Step step = FakeStrategy.waitingFor(latch);
        return () -> {
            reached.countDown();
            step.run();
        };
    }

    private void endsOnlyAfterwards(Runnable end) throws Exception {
        assertTrue(reached.await(15, TimeUnit.SECONDS));
        Future<?> leaving = threads.submit(end);
        assertThrows(TimeoutException.class, () -> leaving.get(300, TimeUnit.MILLISECONDS));
        latch.countDown();
        leaving.get(15, TimeUnit.SECONDS);
    }

    @Test
    void whileItIsBeingSwappedTo() throws Exception {
        Volume volume = stage.open("strategy", "b");
        stage.a.onBegin = held();
        Future<SwapReport> swap = threads.submit(() -> stage.pinion.admin().swap("v", "a"));
        endsOnlyAfterwards(stage.registrationOfA::close);
        assertEquals(0, stage.a.open.get());
        assertEquals("b", stage.serving());
        assertEquals(SwapReport.Outcome.ROLLED_BACK, swap.get().outcome());
        assertEquals(0, stage.a.transfers.get());
        assertEquals(1, volume.read(ByteBuffer.allocate(1), 0));
    }

    @Test
    void whileItsChannelIsBeingClosed() throws Exception {
        stage.open();
        stage.a.onClose = held();
        threads.submit(() -> stage.pinion.admin().swap("v", "b"));
        endsOnlyAfterwards(stage.registrationOfA::close);
        assertEquals(0, stage.a.open.get());
    }

    @Test
    void whileItsLastVolumeRetires() throws Exception {
        stage.open("strategy", "a");
        stage.a.onClose = held();
        Future<?> leaving = threads.submit(stage.registrationOfA::close);
        assertTrue(reached.await(15, TimeUnit.SECONDS));
        assertThrows(TimeoutException.class, () -> leaving.get(300, TimeUnit.MILLISECONDS));
        latch.countDown();
        leaving.get(15, TimeUnit.SECONDS);
        assertEquals(0, stage.a.open.get());
    }

    @Test
    void whileADeletedVolumeIsStillFlushed() throws Exception {
        stage.open();
        stage.a.onFlush = held();
        stage.pinion.delete("v");
        endsOnlyAfterwards(stage.registrationOfA::close);
        assertEquals(0, stage.a.open.get());
    }

    @Test
    void andTheEndOfAllWaitsForADeletedVolumeToo() throws Exception {
        stage.open();
        stage.a.onFlush = held();
        stage.pinion.delete("v");
        endsOnlyAfterwards(stage.pinion::close);
        assertEquals(0, stage.a.open.get());
    }

    @Test
    void andOfAVolumeThatHasFailedItsChannelIsClosedAtOnce() throws Exception {
        Volume volume = stage.open("settle", "0s");
        stage.a.onFlush = () -> {
            throw FakeStrategy.failure(StorageException.Kind.IO_ERROR, "gone");
        };
        assertThrows(StorageException.class, volume::flush);
        long start = System.nanoTime();
        stage.registrationOfA.close();
        assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(2));
        assertEquals(0, stage.a.open.get());
        assertEquals(VolumeState.FAILED, stage.status().state());
        StorageException e = assertThrows(StorageException.class, () -> volume.read(ByteBuffer.allocate(1), 0));
        assertEquals(StorageException.Kind.FLUSH_FAILED, e.kind());
        stage.pinion.admin().reopen("v", true);
        assertEquals("b", stage.serving());
    }
}
