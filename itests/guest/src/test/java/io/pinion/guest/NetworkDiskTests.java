package io.pinion.guest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.guest.boot.InGuest;
import io.pinion.guest.device.Await;
import io.pinion.guest.device.Content;
import io.pinion.guest.device.NetworkDisk;
import io.pinion.guest.device.Scribe;
import io.pinion.guest.device.Volumes;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import io.pinion.volume.VolumeStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is true of a disk over any network. Figures are printed: docs/scale-out.md has them. */
@InGuest
abstract class NetworkDiskTests {
    static final int KEPT = 1 << 18;

    private static final Set<Kind> OUTAGE = EnumSet.of(
            Kind.IO_ERROR, Kind.MEDIUM_ERROR, Kind.REMOVED, Kind.TIMEOUT, Kind.FLUSH_FAILED, Kind.UNAVAILABLE);

    /** {@return a new disk, which fails what it is asked within seconds when its server is gone} */
    abstract NetworkDisk impatient() throws Exception;

    @ParameterizedTest
    @ValueSource(strings = {"block", "buffered"})
    void has_what_was_written(String strategy) throws Exception {
        try (NetworkDisk network = impatient()) {
            Content content = Content.on(network.disk(), 0, KEPT);
            try (Volumes volumes = new Volumes()) {
                Volume volume = volumes.open(strategy, network.disk());
                content.write(volume, 4096, 65_536);
                content.write(volume, 100_001, 5000);
                content.check(volume, 0, KEPT);
                volume.flush();
            }
            content.check(network.disk());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"block", "buffered"})
    void a_killed_server_fails_what_is_in_flight_and_can_be_brought_back(String strategy) throws Exception {
        try (NetworkDisk network = impatient()) {
            Content kept = Content.on(network.disk(), 0, KEPT);
            try (Volumes volumes = new Volumes()) {
                Volume volume = volumes.open(strategy, network.disk(), Map.of("grace", "1s"));
                kept.write(volume, 10_000, 100_000);
                volume.flush();
                Scribe scribe = Scribe.on(volume, KEPT);
                long killed = System.nanoTime();
                network.kill();
                StorageException failure = scribe.awaitFailure();
                figure(strategy, "from kill to error", killed, failure.kind() + ": " + failure.getMessage());
                assertTrue(OUTAGE.contains(failure.kind()), failure::getMessage);

                long back = System.nanoTime();
                network.bringBack();
                awaitUse(volumes, volume);
                figure(strategy, "from server's start to use", back, "");
                kept.write(volume, 50_000, 1000);
                kept.check(volume, 0, KEPT);
                Scribe.on(volume, KEPT).close();
            }
            kept.check(network.disk());
        }
    }

    /** Returns when the volume can be used again; where it has failed, or waits, by what an operator then does. */
    static void awaitUse(Volumes volumes, Volume volume) throws Exception {
        ByteBuffer block = ByteBuffer.allocateDirect(4096);
        Await.until("the volume can be used", () -> {
            try {
                VolumeStatus status = volumes.status(volume.name());
                if (status.state() != VolumeState.OPEN) {
                    assertFalse(status.reason().isEmpty(), "why it is " + status.state());
                    volumes.admin().reopen(volume.name(), true);
                }
                volume.write(block.clear(), KEPT);
                volume.flush();
                return true;
            } catch (StorageException e) {
                assertTrue(OUTAGE.contains(e.kind()), e::getMessage);
                return false;
            }
        });
    }

    void figure(String strategy, String what, long sinceNanos, String detail) {
        long millis = Duration.ofNanos(System.nanoTime() - sinceNanos).toMillis();
        System.out.println("figure: " + getClass().getSimpleName() + ", " + strategy + ", " + what + ": " + millis
                + " ms " + detail);
    }
}
