package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.guest.device.Content;
import io.pinion.guest.device.NbdDisk;
import io.pinion.guest.device.NetworkDisk;
import io.pinion.guest.device.Volumes;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Network block devices: a connection that breaks fails all that is in flight, at once. */
class NbdDiskIT extends NetworkDiskTests {
    @Override
    NetworkDisk impatient() throws Exception {
        return new NbdDisk(15);
    }

    /** The flush fails before the device counts as gone, and as long as anybody has that open it can't be connected again. */
    @Test
    void a_volume_that_has_failed_lets_go_of_it() throws Exception {
        try (NbdDisk nbd = new NbdDisk(15)) {
            Content kept = Content.on(nbd.disk(), 0, KEPT);
            try (Volumes volumes = new Volumes()) {
                Volume volume = volumes.open("buffered", nbd.disk(), Map.of("grace", "1s"));
                nbd.stopClient();
                StorageException failure = assertThrows(StorageException.class, () -> {
                    volume.write(ByteBuffer.allocateDirect(4096), KEPT);
                    volume.flush();
                });
                assertEquals(Kind.FLUSH_FAILED, failure.kind(), failure::getMessage);
                assertEquals(VolumeState.FAILED, volumes.status(volume.name()).state());
                nbd.kill();
                nbd.continueClient();
                nbd.bringBack();
                awaitUse(volumes, volume);
                kept.check(volume, 0, KEPT);
            }
            kept.check(nbd.disk());
        }
    }
}
