package io.pinion.advisor.auto;

import io.pinion.advisor.machine.Machine;
import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.ConfigurationValues;
import io.pinion.volume.choice.Candidacy;
import io.pinion.volume.choice.Choosing;
import io.pinion.volume.choice.StrategyChooser;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses strategies by what a volume's own traffic shows. */
@Component(service = StrategyChooser.class, configurationPid = AutoChooser.PID)
@Designate(ocd = AutoConfiguration.class)
public final class AutoChooser implements StrategyChooser {
    static final String PID = "io.pinion.advisor";

    private static final Logger LOG = LoggerFactory.getLogger(AutoChooser.class);

    private final Machine machine = new Machine();
    private volatile int movesPerHour = AutoConfiguration.MOVES_PER_HOUR;

    /** The chooser as it comes without a configuration, for a host without a container. */
    public AutoChooser() {}

    /** Started by the component runtime. */
    @Activate
    public AutoChooser(Map<String, Object> properties) {
        configure(properties);
    }

    /** A configuration has come, changed or gone; a bad one changes nothing. */
    @Modified
    void configure(Map<String, Object> properties) {
        try {
            ConfigurationValues values = ConfigurationValues.of(properties);
            int read = values.number("moves.per.hour", 2, 1000, AutoConfiguration.MOVES_PER_HOUR);
            values.refuseUnknown();
            movesPerHour = read;
        } catch (ConfigurationRefused e) {
            LOG.warn("{}: {}; it stays moves.per.hour={}", PID, e.getMessage(), movesPerHour);
        }
    }

    @Override
    public Choosing begin(Candidacy volume) {
        return AutoChoosing.begin(volume, machine, () -> movesPerHour);
    }
}
