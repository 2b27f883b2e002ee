package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.guest.device.Content;
import io.pinion.guest.device.IscsiDisk;
import io.pinion.guest.device.NetworkDisk;
import io.pinion.guest.device.Scribe;
import io.pinion.guest.device.Volumes;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** iSCSI disks: what is in flight waits for a new connection, for {@code replacement_timeout}, and then fails. */
class IscsiDiskIT extends NetworkDiskTests {
    private static final int AREA = 1 << 18;
    private static final int OUTAGE_MILLIS = 2000;

    @Override
    NetworkDisk impatient() throws Exception {
        return new IscsiDisk(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "buffered"})
    void a_server_that_is_back_in_time_is_a_pause(String strategy) throws Exception {
        try (NetworkDisk network = new IscsiDisk(60)) {
            Content kept = Content.on(network.disk(), 0, AREA);
            try (Volumes volumes = new Volumes()) {
                Volume volume = volumes.open(strategy, network.disk());
                try (Scribe scribe = Scribe.on(volume, AREA)) {
                    long killed = System.nanoTime();
                    network.kill();
                    Thread.sleep(OUTAGE_MILLIS);
                    network.bringBack();
                    scribe.awaitProgress();
                    figure(strategy, "from kill to progress, of it 2000 ms without a server", killed, "");
                    assertTrue(scribe.longest().toMillis() > OUTAGE_MILLIS / 2, scribe.longest()::toString);
                }
                assertEquals(VolumeState.OPEN, volumes.status(volume.name()).state());
                kept.check(volume, 0, AREA);
            }
        }
    }
}
