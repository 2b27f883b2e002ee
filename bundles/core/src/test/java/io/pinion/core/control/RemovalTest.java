package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A device is pulled out under a volume, shrinks or grows. */
@Timeout(120)
class RemovalTest extends DeviceScenario {
    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"IO_ERROR", "NO_SPACE", "REMOVED", "MEDIUM_ERROR"})
    void whateverTheErrorItIsRemoved(Kind error) throws Exception {
        Volume volume = stage.openOn(device);
        pullOut(error);
        ByteBuffer buffer = ByteBuffer.allocate(8);
        StorageException e = fails(() -> volume.read(buffer, 16));
        assertEquals(Kind.REMOVED, e.kind());
        assertEquals(16, e.offset());
        assertEquals(5, e.errno().orElse(0));
        assertEquals(0, buffer.position());
        assertTrue(e.getMessage().contains("it was pulled out"), e.getMessage());
        assertTrue(e.getMessage().contains("as the kernel said"), e.getMessage());
        awaitState(VolumeState.WAITING);
        assertTrue(
                stage.status().reason().contains("waited for as naa.1"),
                stage.status().reason());
        Stage.await("nothing is held", () -> stage.a.open.get() == 0 && device.held.get() == 0);
    }

    @Test
    void aReadThatMeetsAnEarlyEndIsRemoved() throws Exception {
        Volume volume = stage.openOn(device);
        device.remove();
        stage.a.ended = true;
        assertEquals(
                Kind.REMOVED,
                fails(() -> volume.read(ByteBuffer.allocate(8), 0)).kind());
        awaitState(VolumeState.WAITING);
    }

    @Test
    void theEndOfTheDeviceIsNoReasonToLook() throws Exception {
        Volume volume = stage.openOn(device);
        int looks = device.looks.get();
        for (int i = 0; i < 100; i++) {
            assertEquals(4, volume.read(ByteBuffer.allocate(8), Stage.SIZE - 4));
            assertEquals(-1, volume.read(ByteBuffer.allocate(8), Stage.SIZE));
            assertEquals(8, volume.read(ByteBuffer.allocate(8), 0));
        }
        assertTrue(device.looks.get() - looks < 50, "the housekeeping alone looks");
    }

    @Test
    void aFlushThatFindsNothingToDoIsNoSuccess() throws Exception {
        Volume volume = stage.openOn(device);
        write(volume, 10);
        device.remove();
        assertEquals(Kind.REMOVED, fails(volume::flush).kind());
        awaitState(VolumeState.WAITING);
        assertEquals(10, stage.statistics().durability().unflushedBytes());
    }

    @Test
    void anIdleVolumeLearnsOfItToo() throws Exception {
        stage.openOn(device);
        device.remove();
        awaitState(VolumeState.WAITING);
        putBack();
        awaitState(VolumeState.OPEN);
    }

    @Test
    void aDeviceThatShrankHasFailed() throws Exception {
        Volume volume = stage.openOn(device);
        device.size = 1000;
        awaitState(VolumeState.FAILED);
        assertTrue(
                stage.status().reason().contains("shrank from " + Stage.SIZE + " to 1000 bytes"),
                stage.status().reason());
        assertEquals(Kind.TARGET_CHANGED, fails(volume::size).kind());
        assertEquals(
                Kind.TARGET_CHANGED,
                fails(() -> stage.pinion.admin().reopen("v", false)).kind());
        stage.pinion.admin().reopen("v", true);
        assertEquals(Stage.SIZE, volume.size());
    }

    @Test
    void aDeviceThatGrewIsTold() throws Exception {
        stage.openOn(device);
        device.size = 3L << 20;
        Stage.await("why tells it", () -> stage.why().contains("grew from 1048576 to 3145728 bytes"));
        assertEquals(VolumeState.OPEN, stage.status().state());
    }

    @Test
    void aGuardThatCannotTellChangesNothing() throws Exception {
        device.silent = true;
        Volume volume = stage.openOn(device);
        pullOut(Kind.REMOVED);
        assertEquals(
                Kind.REMOVED,
                fails(() -> volume.read(ByteBuffer.allocate(8), 0)).kind());
        assertEquals(VolumeState.OPEN, stage.status().state());
        stage.a.onTransfer = FakeStrategy.Step.NOTHING;
        assertEquals(8, volume.read(ByteBuffer.allocate(8), 0));
    }

    @Test
    void anErrorOfADeviceThatIsThereStaysWhatItIs() throws Exception {
        Volume volume = stage.openOn(device);
        stage.a.onTransfer = () -> {
            throw FakeStrategy.failure(Kind.IO_ERROR, "a bad sector");
        };
        assertEquals(
                Kind.IO_ERROR,
                fails(() -> volume.read(ByteBuffer.allocate(8), 0)).kind());
        assertEquals(VolumeState.OPEN, stage.status().state());
    }

    @Test
    void whatIsOpenedWhenItIsGoneDoesNotServe() throws Exception {
        Volume volume = stage.openOn(device);
        AtomicBoolean exchanged = new AtomicBoolean();
        stage.b.onOpen = () -> {
            if (exchanged.compareAndSet(false, true)) {
                device.insert();
            }
        };
        assertTrue(!stage.pinion.admin().swap("v", "b").isServing(), "its number is another device's by then");
        Stage.await("it is not kept", () -> stage.b.open.get() == 0);
        awaitState(VolumeState.OPEN);
        assertEquals("blk:8:2", stage.status().identity());
        assertEquals(8, volume.read(ByteBuffer.allocate(8), 0));
    }

    @Test
    void whatIsGoneOnceItIsClaimedIsNotHeld() throws Exception {
        device.goneOnceClaimed = true;
        stage.pinion.guard(device);
        stage.a.backing = Optional.of(FakeDevice.TARGET);
        stage.configure("strategy", "a");
        Stage.await("it is said", () -> stage.status().reason().contains("the device is gone"));
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        assertTrue(device.claimed.get() < 10, () -> "it is tried again at once: " + device.claimed);
        assertEquals(0, stage.a.open.get());
        device.goneOnceClaimed = false;
        awaitState(VolumeState.OPEN);
        assertEquals(1, device.held.get());
    }

    @Test
    void aSwapDoesNotHideIt() throws Exception {
        Volume volume = stage.openOn(device);
        write(volume, 9);
        stage.a.onFlush = () -> {
            device.remove();
            throw FakeStrategy.failure(Kind.IO_ERROR, "write-back failed");
        };
        assertTrue(!stage.pinion.admin().swap("v", "b").isServing());
        awaitState(VolumeState.WAITING);
        device.insert();
        awaitState(VolumeState.FAILED);
        assertTrue(stage.status().reason().contains(" 9 bytes"), stage.status().reason());
    }

    @Test
    void aVolumeThatHasFailedLetsGoOfItToo() throws Exception {
        Volume volume = stage.openOn(device);
        failFlush(volume);
        device.remove();
        Stage.await("nothing is held", () -> stage.a.open.get() == 0 && device.held.get() == 0);
        assertEquals(VolumeState.FAILED, stage.status().state());
        assertTrue(stage.why().contains("Besides, the device is gone: it was pulled out"), stage.why());
        assertEquals(Kind.FLUSH_FAILED, fails(volume::size).kind());
        putBack();
        assertEquals(
                Kind.FLUSH_FAILED,
                fails(() -> stage.pinion.admin().reopen("v", false)).kind());
        stage.pinion.admin().reopen("v", true);
        assertEquals(Stage.SIZE, volume.size());
    }

    @Test
    void whatHangsInTheDriverKeepsItFromComingBack() throws Exception {
        Volume volume = stage.openOn(device, "drain.timeout", "200ms");
        CountDownLatch inDriver = new CountDownLatch(1);
        stage.a.onTransfer = () -> {
            inDriver.countDown();
            FakeStrategy.waitingFor(hang).run();
            throw FakeStrategy.failure(Kind.IO_ERROR, "late");
        };
        Future<Integer> hanging = threads.submit(() -> volume.read(ByteBuffer.allocate(8), 0));
        inDriver.await();
        device.remove();
        Stage.await("it is said", () -> stage.status().reason().contains("1 operations on it have not ended"));
        device.insert();
        stage.a.onTransfer = FakeStrategy.Step.NOTHING;
        hang.countDown();
        Exception e = assertThrows(Exception.class, () -> hanging.get(20, TimeUnit.SECONDS));
        assertEquals(Kind.REMOVED, ((StorageException) e.getCause()).kind());
        awaitState(VolumeState.OPEN);
    }

    @Test
    void aVolumeThatWaitsForItsDeviceCanBeClosed() throws Exception {
        Volume volume = stage.openOn(device);
        write(volume, 3);
        pullOut(Kind.IO_ERROR);
        fails(() -> volume.read(ByteBuffer.allocate(8), 0));
        stage.pinion.delete("v");
        Stage.await("it is closed", () -> fails(volume::size).kind() == Kind.CLOSED);
        Stage.await("nothing is held", () -> device.held.get() == 0);
    }
}
