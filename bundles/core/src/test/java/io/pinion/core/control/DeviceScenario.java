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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.function.Executable;

/** A volume on a device that tests pull out and put back. */
abstract class DeviceScenario {
    final FakeDevice device = new FakeDevice();
    final Stage stage = new Stage();
    final ExecutorService threads = Executors.newCachedThreadPool();
    final CountDownLatch hang = new CountDownLatch(1);

    @AfterEach
    void close() {
        hang.countDown();
        threads.shutdownNow();
        stage.close();
    }

    /** What drivers get from what is gone is anything. */
    void pullOut(Kind error) {
        device.remove();
        stage.a.onTransfer = () -> {
            throw StorageException.of(error, "fake", "as the kernel said")
                    .range(16, 8)
                    .errno(5)
                    .build();
        };
    }

    void putBack() {
        stage.a.onTransfer = FakeStrategy.Step.NOTHING;
        device.insert();
    }

    /** Has one flush fail, which makes the volume fail. */
    void failFlush(Volume volume) {
        stage.a.onFlush = () -> {
            stage.a.onFlush = FakeStrategy.Step.NOTHING;
            throw FakeStrategy.failure(Kind.IO_ERROR, "write-back failed");
        };
        assertEquals(Kind.FLUSH_FAILED, fails(volume::flush).kind());
        awaitState(VolumeState.FAILED);
    }

    void awaitState(VolumeState state) {
        Stage.await("the volume is " + state, () -> stage.status().state() == state);
    }

    static StorageException fails(Executable call) {
        return assertThrows(StorageException.class, call);
    }

    static void write(Volume volume, int bytes) throws StorageException {
        volume.write(ByteBuffer.allocate(bytes), 0);
    }
}
