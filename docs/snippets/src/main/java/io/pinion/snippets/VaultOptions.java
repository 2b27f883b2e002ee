package io.pinion.snippets;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.ConfigurationValues;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The options of a driver, checked: what of its blocks it keeps in memory, and for how long. */
record VaultOptions(int blocks, Duration idle) {
    private static final Logger LOG = LoggerFactory.getLogger(VaultOptions.class);

    static final VaultOptions DEFAULT = read(Map.of());

    /** Returns what the configuration says; these options when it is refused. */
    VaultOptions configured(Map<String, Object> properties) {
        try {
            return read(properties);
        } catch (ConfigurationRefused e) {
            LOG.warn("io.example.vault: {}; it stays {}", e.getMessage(), this);
            return this;
        }
    }

    private static VaultOptions read(Map<String, ?> properties) {
        ConfigurationValues values = ConfigurationValues.ofStrategy(properties);
        VaultOptions options =
                new VaultOptions(values.number("cache.blocks", 0, 4096, 64), values.duration("cache.idle", "30s"));
        values.refuseUnknown();
        return options;
    }
}
