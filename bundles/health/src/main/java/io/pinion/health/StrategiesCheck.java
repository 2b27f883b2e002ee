package io.pinion.health;

import io.pinion.volume.ConfigurationRefusal;
import io.pinion.volume.StrategyStatus;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatus;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether every volume has the strategy that it prefers, and no strategy that a volume names is left out. */
@Component(property = {"hc.name=Pinion strategies", "hc.tags=pinion", "hc.tags=pinion-strategies"})
public final class StrategiesCheck implements HealthCheck {
    private final VolumeAdmin admin;

    /** Made by the service component runtime. */
    @Activate
    public StrategiesCheck(@Reference VolumeAdmin admin) {
        this.admin = admin;
    }

    @Override
    public Result execute() {
        Finding finding = new Finding();
        List<VolumeStatus> volumes = admin.volumes();
        List<StrategyStatus> strategies = admin.strategies();
        for (StrategyStatus strategy : strategies) {
            look(strategy, volumes, finding);
        }
        volumes.forEach(volume -> look(volume, finding));
        if (strategies.isEmpty()) {
            finding.warn("no strategy is registered; install one, such as io.pinion.buffered");
        }
        return finding.result();
    }

    private static void look(StrategyStatus strategy, List<VolumeStatus> volumes, Finding finding) {
        String name = strategy.name().isEmpty() ? "without a name" : strategy.name();
        String what = "strategy " + name + " of " + strategy.provider();
        boolean wanted = strategy.name().isEmpty()
                || volumes.stream().anyMatch(volume -> volume.preferences().contains(strategy.name()));
        if (strategy.problem().isEmpty()) {
            finding.ok(what + " is there");
        } else if (wanted) {
            finding.warn(what + ": " + strategy.problem());
        } else {
            finding.ok(what + ", which no volume wants: " + strategy.problem());
        }
    }

    private void look(VolumeStatus volume, Finding finding) {
        List<String> refused =
                admin.refusals().stream().map(ConfigurationRefusal::reason).toList();
        volume.problems().stream()
                .filter(problem -> refused.stream().noneMatch(problem::contains))
                .forEach(problem -> finding.warn(volume.name() + " is "
                        + volume.strategy().map(s -> "served by " + s).orElse("not served") + " and prefers "
                        + String.join(", ", volume.preferences()) + ": " + problem));
        volume.override()
                .ifPresent(strategy -> finding.ok(volume.name() + " was swapped to " + strategy + " by hand; 'swap "
                        + volume.name() + " --configured' ends that"));
    }
}
