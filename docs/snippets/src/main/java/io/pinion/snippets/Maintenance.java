package io.pinion.snippets;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.volume.StrategyChoice;
import io.pinion.volume.SwapReport;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A component that looks after all volumes. */
@Component(service = Maintenance.class)
public final class Maintenance {
    private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

    private final VolumeAdmin admin;

    @Activate
    public Maintenance(@Reference VolumeAdmin admin) {
        this.admin = admin;
    }

    /** Returns a line for each volume, and below it, in words, why it is not as it should be. */
    public List<String> report() throws StorageException {
        List<String> lines = new ArrayList<>();
        for (VolumeStatus volume : admin.volumes()) {
            lines.add(volume.name() + ": " + volume.state() + ", served by "
                    + volume.strategy().orElse("nobody"));
            lines.addAll(admin.why(volume.name()));
        }
        return lines;
    }

    /** Returns the strategies that could serve a volume's target. */
    public List<String> suitable(VolumeStatus volume) throws StorageException {
        Target target = volume.target();
        return admin.strategies(target).stream()
                .filter(choice -> choice.examination().isSuitable())
                .map(StrategyChoice::strategy)
                .toList();
    }

    /** Swaps while the applications go on. The swap is an override: it ends with {@link VolumeAdmin#clearOverride}. */
    public boolean swap(String volume, String strategy) throws StorageException {
        SwapReport report = admin.swap(volume, strategy);
        if (!report.isServing()) {
            LOG.warn("{} stays on {}: {}", volume, report.from(), report.detail());
        }
        return report.isServing();
    }

    /** Returns how long callers had to wait for a swap at most, of those that are remembered. */
    public Duration longestPause(String volume) throws StorageException {
        return Duration.ofNanos(admin.history(volume).stream()
                .mapToLong(SwapReport::pauseNanos)
                .max()
                .orElse(0));
    }
}
