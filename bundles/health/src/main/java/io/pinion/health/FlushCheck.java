package io.pinion.health;

import io.pinion.strategy.StorageException;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeState;
import io.pinion.volume.VolumeStatistics.Durability;
import io.pinion.volume.VolumeStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether what was written gets flushed, and no flush has failed. */
@Component(property = {"hc.name=Pinion flush", "hc.tags=pinion", "hc.tags=pinion-flush"})
public final class FlushCheck implements HealthCheck {
    private final VolumeAdmin admin;
    private final ConfiguredThresholds thresholds;
    private final Clock clock;

    /** Made by the service component runtime. */
    @Activate
    public FlushCheck(@Reference VolumeAdmin admin, @Reference ConfiguredThresholds thresholds) {
        this(admin, thresholds, Clock.systemUTC());
    }

    FlushCheck(VolumeAdmin admin, ConfiguredThresholds thresholds, Clock clock) {
        this.admin = admin;
        this.thresholds = thresholds;
        this.clock = clock;
    }

    @Override
    public Result execute() {
        Finding finding = new Finding();
        List<VolumeStatus> volumes = admin.volumes();
        for (VolumeStatus volume : volumes) {
            try {
                look(volume, admin.statistics(volume.name()).durability(), finding);
            } catch (StorageException e) {
                finding.ok(volume.name() + " has gone meanwhile");
            }
        }
        if (volumes.isEmpty()) {
            finding.ok("no volume is configured");
        }
        return finding.result();
    }

    private void look(VolumeStatus volume, Durability durability, Finding finding) {
        String name = volume.name();
        if (volume.state() == VolumeState.FAILED) {
            finding.critical(name + ": data that was acknowledged may be lost: " + volume.reason()
                    + "; look at the device, then 'reopen " + name + " --accept-loss'");
            return;
        }
        Instant now = clock.instant();
        Duration most = thresholds.now().flushOverdue();
        String last = durability
                .lastFlush()
                .map(at -> "the last flush was " + Words.ago(at, now))
                .orElse("there was no flush yet");
        boolean overdue = !most.isZero()
                && durability
                        .unflushedSince()
                        .filter(since -> Duration.between(since, now).compareTo(most) >= 0)
                        .isPresent();
        String waiting = name + ": " + Words.bytes(durability.unflushedBytes()) + " wait for a flush"
                + durability
                        .unflushedSince()
                        .map(since -> ", the first written " + Words.ago(since, now))
                        .orElse("");
        if (overdue) {
            finding.warn(waiting + ", " + Thresholds.FLUSH + "=" + most.toSeconds() + "; " + last
                    + "; what is not flushed may be lost with the machine: the application is to flush, or raise "
                    + Thresholds.FLUSH + " if it means not to");
        } else {
            finding.ok(waiting + "; " + last);
        }
    }
}
