package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.Await;
import io.pinion.guest.device.Completions;
import io.pinion.guest.device.Content;
import io.pinion.guest.device.Disk;
import io.pinion.guest.device.ScsiDebug;
import io.pinion.guest.device.Volumes;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A SCSI disk that is pulled out while it is used, and put back. */
@InGuest
class RemovedDiskIT {
    private static final int BLOCK = 4096;
    private static final int DEPTH = 8;

    /** Where nothing is in the page cache. */
    private static final long NEVER_READ = 8 << 20;

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void what_is_in_flight_ends_and_the_volume_waits(String strategy) throws Exception {
        try (ScsiDebug scsi = new ScsiDebug("ndelay=20000000");
                Volumes volumes = new Volumes()) {
            Volume volume = volumes.open(strategy, scsi.disk());
            ByteBuffer buffer =
                    ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK).limit(BLOCK);
            Completions completions = new Completions();
            int begun = 0;
            try (IoQueue queue = volume.openQueue(DEPTH)) {
                for (; completions.failures().isEmpty(); begun++) {
                    if (begun == 4 * DEPTH) {
                        scsi.remove();
                    }
                    queue.read(buffer, 0, BLOCK, (long) begun % 64 * BLOCK, begun, TransferFlags.NONE);
                    completions.await(queue, begun + 1 - (DEPTH - 1));
                    assertTrue(begun < 1000, "reads still succeed");
                }
                completions.await(queue, begun);
            }
            for (StorageException failure : completions.failures().values()) {
                assertEquals(Kind.REMOVED, failure.kind(), failure::getMessage);
            }
            awaitState(volumes, volume, VolumeState.WAITING);
        }
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void it_goes_on_when_the_same_disk_is_back_and_nothing_was_lost(String strategy) throws Exception {
        try (ScsiDebug scsi = new ScsiDebug();
                Volumes volumes = new Volumes()) {
            Disk disk = scsi.disk();
            Content content = Content.on(disk, 0, 16 * BLOCK);
            Volume volume = volumes.open(strategy, disk);
            content.write(volume, 100, 10_000);
            volume.flush();
            pullOut(scsi, volumes, volume);
            scsi.putBack();
            awaitState(volumes, volume, VolumeState.OPEN);
            content.check(volume, 0, 16 * BLOCK);
            content.write(volume, 5000, 10_000);
            volume.flush();
            content.check(volume, 0, 16 * BLOCK);
        }
    }

    @ParameterizedTest
    @MethodSource("io.pinion.guest.device.Volumes#strategies")
    void it_has_failed_when_something_was_not_flushed(String strategy) throws Exception {
        try (ScsiDebug scsi = new ScsiDebug();
                Volumes volumes = new Volumes()) {
            Content content = Content.on(scsi.disk(), 0, 16 * BLOCK);
            Volume volume = volumes.open(strategy, scsi.disk());
            volume.flush();
            content.write(volume, 0, BLOCK);
            pullOut(scsi, volumes, volume);
            scsi.putBack();
            awaitState(volumes, volume, VolumeState.FAILED);
            assertFalse(volumes.status(volume.name()).reason().isEmpty());

            volumes.admin().reopen(volume.name(), true);
            awaitState(volumes, volume, VolumeState.OPEN);
            volume.read(ByteBuffer.allocate(BLOCK), 0);
        }
    }

    /** Pulls the disk out, and has the volume notice. */
    private static void pullOut(ScsiDebug scsi, Volumes volumes, Volume volume) throws Exception {
        scsi.remove();
        Await.until("a read tells that the disk is gone", () -> {
            if (volumes.status(volume.name()).state() != VolumeState.OPEN) {
                return true;
            }
            try {
                volume.read(ByteBuffer.allocateDirect(BLOCK), NEVER_READ);
                return false;
            } catch (StorageException e) {
                assertEquals(Kind.REMOVED, e.kind(), e::getMessage);
                return true;
            }
        });
        awaitState(volumes, volume, VolumeState.WAITING);
    }

    private static void awaitState(Volumes volumes, Volume volume, VolumeState state) throws Exception {
        Await.until("it is " + state, () -> volumes.status(volume.name()).state() == state);
    }
}
