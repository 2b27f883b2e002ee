package io.pinion.health;

import io.pinion.configuration.ConfigurationRefused;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thresholds as the latest good configuration has them. */
@Component(service = ConfiguredThresholds.class, configurationPid = HealthSettings.PID)
@Designate(ocd = HealthSettings.class)
public final class ConfiguredThresholds {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredThresholds.class);

    private volatile Thresholds now = Thresholds.DEFAULT;

    /** Made by the service component runtime. */
    @Activate
    public ConfiguredThresholds(Map<String, Object> properties) {
        configure(properties);
    }

    /** A configuration has come, changed or gone. A bad one changes nothing, and is logged. */
    @Modified
    void configure(Map<String, Object> properties) {
        try {
            now = Thresholds.from(properties);
        } catch (ConfigurationRefused e) {
            LOG.warn("{}: {}; it stays as it was", HealthSettings.PID, e.getMessage());
        }
    }

    Thresholds now() {
        return now;
    }
}
