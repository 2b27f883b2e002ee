package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.SwapReport;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guard breaks its contract: asked whether the device is there, it hangs. Nobody who asks hangs with it. */
@Timeout(120)
class SilentGuardTest extends DeviceScenario {
    private static final String SILENT = "its claim has not told within 5 s";

    @Test
    void anOperationEndsWithItsOwnFailure() throws Exception {
        Volume volume = stage.openOn(device);
        device.onLook = FakeStrategy.waitingFor(hang);
        stage.a.onTransfer = () -> {
            throw FakeStrategy.failure(Kind.IO_ERROR, "a bad sector");
        };
        assertEquals(Kind.IO_ERROR, kindOf(threads.submit(() -> volume.read(ByteBuffer.allocate(8), 0))));
        assertTrue(stage.why().contains("Notice: " + SILENT), stage::why);

        int looks = device.looks.get();
        assertEquals(Kind.IO_ERROR, kindOf(threads.submit(() -> volume.read(ByteBuffer.allocate(8), 0))));
        volume.flush();
        SwapReport refused = stage.pinion.admin().swap("v", "b");
        assertTrue(!refused.isServing(), "what b opened may be another device by then");
        assertTrue(refused.detail().contains(SILENT), refused.detail());
        assertEquals(looks, device.looks.get(), "while an answer is overdue nobody asks again");

        hang.countDown();
        Stage.await("it tells again", () -> !stage.why().contains("Notice: " + SILENT));
        assertTrue(stage.pinion.admin().swap("v", "b").isServing());
        device.remove();
        awaitState(VolumeState.WAITING);
    }

    @Test
    void aVolumeThatHasFailedIsReopened() throws Exception {
        Volume volume = stage.openOn(device);
        stage.a.onFlush = () -> {
            throw FakeStrategy.failure(Kind.IO_ERROR, "write-back failed");
        };
        assertEquals(Kind.FLUSH_FAILED, fails(volume::flush).kind());
        device.onLook = FakeStrategy.waitingFor(hang);
        Future<?> reopening = threads.submit(() -> {
            stage.pinion.admin().reopen("v", true);
            return null;
        });
        // As before it had failed, and then the claim that is taken anew: both are asked.
        Stage.await("it is claimed anew", () -> device.claimed.get() > 1);
        stage.a.onFlush = FakeStrategy.Step.NOTHING;
        assertEquals(Kind.UNAVAILABLE, kindOf(reopening));
        assertTrue(stage.status().reason().contains(SILENT), stage.status().reason());
        Stage.await("what does not tell is not held", () -> device.held.get() == 0);
        hang.countDown();
        awaitState(VolumeState.OPEN);
    }

    private static Kind kindOf(Future<?> failing) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> failing.get(15, TimeUnit.SECONDS));
        return ((StorageException) e.getCause()).kind();
    }
}
