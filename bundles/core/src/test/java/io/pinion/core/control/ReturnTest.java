package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.WriteZeroes;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a volume whose device was pulled out, when it is back, or another is there. */
@Timeout(120)
class ReturnTest extends DeviceScenario {
    @Test
    void itGoesOnWhenTheSameDeviceIsBack() throws Exception {
        Volume volume = stage.openOn(device);
        volume.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
        volume.flush();
        pullOut(Kind.IO_ERROR);
        fails(volume::flush);
        Future<Integer> parked = threads.submit(() -> volume.read(ByteBuffer.allocate(3), 0));
        Stage.await("the call waits", () -> stage.statistics().parked() > 0);
        putBack();
        assertEquals(3, parked.get(60, TimeUnit.SECONDS));
        assertEquals(VolumeState.OPEN, stage.status().state());
        assertEquals("blk:8:2", stage.status().identity());
        write(volume, 10);
        volume.flush();
    }

    @Test
    void itHasFailedWhenSomethingWasNotFlushed() throws Exception {
        Volume volume = stage.openOn(device);
        write(volume, 10);
        volume.flush();
        write(volume, 7);
        pullOut(Kind.IO_ERROR);
        fails(() -> write(volume, 5));
        awaitState(VolumeState.WAITING);
        putBack();
        awaitState(VolumeState.FAILED);
        assertTrue(
                stage.status().reason().contains(" 7 bytes were written and not flushed"),
                stage.status().reason());
        assertEquals(Kind.FLUSH_FAILED, fails(volume::size).kind());
        assertEquals(
                Kind.FLUSH_FAILED,
                fails(() -> stage.pinion.admin().reopen("v", false)).kind());
        stage.pinion.admin().reopen("v", true);
        assertEquals(Stage.SIZE, volume.size());
        assertEquals(0, stage.statistics().durability().unflushedBytes());
    }

    @Test
    void zeroesThatWereNotFlushedAreMissedAsWell() throws Exception {
        Volume volume = stage.openOn(device);
        write(volume, 10);
        volume.flush();
        volume.with(WriteZeroes.class, zeroes -> {
            zeroes.writeZeroes(0, 9);
            return 0;
        });
        assertEquals(9, stage.statistics().durability().unflushedBytes());
        pullOut(Kind.IO_ERROR);
        fails(() -> write(volume, 5));
        awaitState(VolumeState.WAITING);
        putBack();
        awaitState(VolumeState.FAILED);
    }

    @Test
    void aDurableWriteIsNotMissed() throws Exception {
        Volume volume = stage.openOn(device);
        volume.write(ByteBuffer.allocate(10), 0, TransferFlags.DURABLE);
        pullOut(Kind.IO_ERROR);
        fails(() -> volume.write(ByteBuffer.allocate(10), 0, TransferFlags.DURABLE));
        awaitState(VolumeState.WAITING);
        putBack();
        awaitState(VolumeState.OPEN);
    }

    @Test
    void anotherDeviceIsNotTaken() throws Exception {
        Volume volume = stage.openOn(device, "size", "1MiB", "grace", "100ms");
        pullOut(Kind.IO_ERROR);
        fails(() -> volume.read(ByteBuffer.allocate(8), 0));
        int before = device.claimed.get();
        int created = device.created.get();
        device.lasting = "naa.2";
        putBack();
        Stage.await("it is seen", () -> stage.status().reason().contains("another device is there"));
        assertTrue(stage.status().reason().contains("naa.2"), stage.status().reason());
        assertEquals(before, device.claimed.get(), "it is not even opened");
        assertEquals(Kind.UNAVAILABLE, fails(volume::size).kind());
        stage.pinion.admin().reopen("v", false);
        assertEquals(Stage.SIZE, volume.size());
        assertEquals(created, device.created.get(), "no file is made in place of a device");
    }

    @Test
    void withoutALastingIdentityItDoesNotReturnByItself() throws Exception {
        device.lasting = "";
        Volume volume = stage.openOn(device);
        write(volume, 3);
        pullOut(Kind.IO_ERROR);
        fails(() -> volume.read(ByteBuffer.allocate(8), 0));
        putBack();
        Stage.await("it is said", () -> stage.status().reason().contains("'reopen v'"));
        assertEquals(
                Kind.FLUSH_FAILED,
                fails(() -> stage.pinion.admin().reopen("v", false)).kind());
        assertEquals(VolumeState.WAITING, stage.status().state());
        stage.pinion.admin().reopen("v", true);
        assertEquals(Stage.SIZE, volume.size());
    }

    @Test
    void aReopenThatFindsNothingForgetsNothing() throws Exception {
        Volume volume = stage.openOn(device);
        pullOut(Kind.IO_ERROR);
        fails(() -> volume.read(ByteBuffer.allocate(8), 0));
        awaitState(VolumeState.WAITING);
        assertEquals(
                Kind.UNAVAILABLE,
                fails(() -> stage.pinion.admin().reopen("v", false)).kind());
        device.lasting = "naa.2";
        putBack();
        Stage.await("it is seen", () -> stage.status().reason().contains("another device is there"));
    }

    @Test
    void aLossThatIsAcceptedBeforeItIsBackIsNoConsentToAnother() throws Exception {
        Volume volume = stage.openOn(device, "grace", "100ms");
        failFlush(volume);
        device.remove();
        Stage.await("nothing is held", () -> device.held.get() == 0);
        assertEquals(
                Kind.UNAVAILABLE,
                fails(() -> stage.pinion.admin().reopen("v", true)).kind());
        device.lasting = "naa.2";
        putBack();
        Stage.await("it is seen", () -> stage.status().reason().contains("another device is there"));
        device.lasting = "naa.1";
        putBack();
        awaitState(VolumeState.OPEN);
        assertEquals(Stage.SIZE, volume.size());
    }

    @Test
    void aReopenThatFindsItGoneAcceptsNoLoss() throws Exception {
        Volume volume = stage.openOn(device);
        write(volume, 7);
        device.insert();
        StorageException e = fails(() -> stage.pinion.admin().reopen("v", false));
        assertEquals(Kind.FLUSH_FAILED, e.kind());
        assertTrue(e.getMessage().contains("7 bytes were written and not flushed"), e.getMessage());
        awaitState(VolumeState.FAILED);
        stage.pinion.admin().reopen("v", true);
        assertEquals(Stage.SIZE, volume.size());
    }

    @Test
    void aDeviceThatComesBackSmallerHasFailed() throws Exception {
        Volume volume = stage.openOn(device);
        pullOut(Kind.IO_ERROR);
        fails(() -> volume.read(ByteBuffer.allocate(8), 0));
        device.size = 1000;
        putBack();
        awaitState(VolumeState.FAILED);
        assertEquals(Kind.TARGET_CHANGED, fails(volume::size).kind());
    }

    @Test
    void aReopenDoesNotTakeTheSameDeviceSmallerEither() throws Exception {
        Volume volume = stage.openOn(device);
        pullOut(Kind.IO_ERROR);
        fails(() -> volume.read(ByteBuffer.allocate(8), 0));
        awaitState(VolumeState.WAITING);
        // Its own attempts have refused another device, and pause, when the operator comes.
        device.lasting = "naa.2";
        putBack();
        Stage.await("it is seen", () -> stage.status().reason().contains("another device is there"));
        device.size = 1000;
        device.lasting = "naa.1";
        fails(() -> stage.pinion.admin().reopen("v", false));
        assertEquals(VolumeState.FAILED, stage.status().state());
        stage.pinion.admin().reopen("v", true);
        assertEquals(VolumeState.OPEN, stage.status().state());
    }
}
