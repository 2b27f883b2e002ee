package io.pinion.core.control;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.core.config.VolumeConfiguration;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetInspection;
import java.util.stream.Collectors;

/** What a running volume may expect of another configuration; one that could not serve it is refused. */
final class Prospect {
    private static final String ALLOWED_WITHOUT_CHOOSER =
            "names of strategies, while there is no StrategyChooser for auto; bundle io.pinion.advisor has one";

    private final Surroundings around;
    private final VolumeConfiguration before;
    private final VolumeConfiguration wanted;

    Prospect(Surroundings around, VolumeConfiguration before, VolumeConfiguration wanted) {
        this.around = around;
        this.before = before;
        this.wanted = wanted;
    }

    /** A running volume is not given up for a target that isn't there, or for strategies of which none is. */
    void refuseIfHopeless() {
        if (!before.preferences().equals(wanted.preferences())) {
            refuseIfNoStrategyIsThere();
        }
        if (!before.target().equals(wanted.target()) && wanted.target().scheme().equals(Target.PATH)) {
            refuseIfTargetIsMissing();
        }
    }

    private void refuseIfNoStrategyIsThere() {
        if (wanted.auto() && wanted.strategies().isEmpty() && around.chooser().get() == null) {
            throw new ConfigurationRefused("strategy", VolumeConfiguration.AUTO, ALLOWED_WITHOUT_CHOOSER);
        }
        StrategyDirectory directory = around.directory();
        if (directory.allowed(wanted).stream()
                .allMatch(name -> directory.find(name, wanted.shape()).isEmpty())) {
            String absent = wanted.strategies().stream()
                    .flatMap(directory::absent)
                    .map(why -> "; " + why)
                    .collect(Collectors.joining());
            throw new ConfigurationRefused(
                    "strategy",
                    String.join(",", wanted.preferences()),
                    "at least one that is registered: " + directory.names(wanted.shape()) + absent);
        }
    }

    private void refuseIfTargetIsMissing() {
        try {
            TargetInspection found = around.inspect(wanted.target());
            boolean missing = found.kind() == TargetInspection.Kind.MISSING;
            if (found.kind() == TargetInspection.Kind.DIRECTORY
                    || missing && wanted.createSize().isEmpty()) {
                throw new ConfigurationRefused(
                        "target", wanted.target() + " (" + found.kind() + ")", "what exists, or a file with a size");
            }
        } catch (StorageException e) {
            throw new ConfigurationRefused("target", wanted.target() + " (" + e.getMessage() + ")", "what can be read");
        }
    }
}
