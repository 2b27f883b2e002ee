package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A failed flush is the volume's, whatever else goes on when it fails. */
@Timeout(60)
class LostDataTest {
    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch hang = new CountDownLatch(1);
    private final CountDownLatch inFlush = new CountDownLatch(1);
    private final CountDownLatch fail = new CountDownLatch(1);

    @AfterEach
    void close() {
        hang.countDown();
        fail.countDown();
        threads.shutdownNow();
        stage.close();
    }

    /** A volume with a read that hangs, and a flush that will fail. */
    private Volume busy() throws Exception {
        Volume volume = stage.open("strategy", "a", "drain.timeout", "300ms");
        stage.a.onTransfer = FakeStrategy.waitingFor(hang);
        threads.submit(() -> volume.read(ByteBuffer.allocate(1), 0));
        Stage.await("the read is in the driver", () -> stage.a.transfers.get() == 1);
        stage.a.onFlush = () -> {
            inFlush.countDown();
            FakeStrategy.waitingFor(fail).run();
            throw FakeStrategy.failure(Kind.IO_ERROR, "write-back failed");
        };
        threads.submit(() -> {
            volume.flush();
            return null;
        });
        inFlush.await();
        return volume;
    }

    private void failTheFlushOnceCallsWait(Volume volume) throws Exception {
        Stage.await("the gate is closed", () -> stage.status().state() != VolumeState.OPEN);
        Future<Long> parked = threads.submit(volume::size);
        Stage.await("a call waits", () -> stage.statistics().parked() == 1);
        fail.countDown();
        Exception e = assertThrows(Exception.class, () -> parked.get(15, TimeUnit.SECONDS));
        assertEquals(Kind.FLUSH_FAILED, ((StorageException) e.getCause()).kind());
    }

    private void assertFailed(Volume volume) {
        assertEquals(VolumeState.FAILED, stage.status().state());
        assertEquals(
                Kind.FLUSH_FAILED,
                assertThrows(StorageException.class, volume::size).kind());
    }

    @Test
    void aReopenThatTimesOutDoesNotOpenTheGateAgain() throws Exception {
        Volume volume = busy();
        Future<?> reopening = threads.submit(() -> {
            stage.pinion.admin().reopen("v", false);
            return null;
        });
        failTheFlushOnceCallsWait(volume);
        assertThrows(Exception.class, () -> reopening.get(15, TimeUnit.SECONDS));
        assertFailed(volume);
    }

    @Test
    void aStrategyThatLeavesMeanwhileDoesNotMakeItWait() throws Exception {
        Volume volume = busy();
        Future<?> leaving = threads.submit(stage.registrationOfA::close);
        failTheFlushOnceCallsWait(volume);
        leaving.get(15, TimeUnit.SECONDS);
        assertFailed(volume);
        hang.countDown();
        Stage.await("the channel is closed once nothing is in flight", () -> stage.a.open.get() == 0);
        assertFailed(volume);
    }

    @Test
    void aFailedVolumeLetsGoOfAStrategyThatLeaves() throws Exception {
        Volume volume = stage.open("strategy", "a");
        stage.a.onFlush = () -> {
            throw FakeStrategy.failure(Kind.IO_ERROR, "write-back failed");
        };
        assertThrows(StorageException.class, volume::flush);
        stage.registrationOfA.close();
        assertEquals(0, stage.a.open.get());
        assertFailed(volume);
        stage.a.onFlush = FakeStrategy.Step.NOTHING;
        stage.registrationOfA = stage.add("a", stage.a);
        stage.pinion.admin().reopen("v", true);
        assertEquals(Stage.SIZE, volume.size());
    }

    @Test
    void theFailureKeepsWhatTheDeviceTold() throws Exception {
        Volume volume = stage.open();
        stage.a.onFlush = () -> {
            throw StorageException.of(Kind.MEDIUM_ERROR, "fake", "no spare sectors")
                    .errno(5)
                    .senseData(new byte[] {0x70, 0, 3})
                    .build();
        };
        StorageException e = assertThrows(StorageException.class, volume::flush);
        assertEquals(Kind.FLUSH_FAILED, e.kind());
        assertEquals(5, e.errno().orElse(0));
        assertEquals(3, e.senseData().orElseThrow()[2]);
    }
}
