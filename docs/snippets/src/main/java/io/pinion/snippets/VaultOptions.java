package io.pinion.snippets;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.ConfigurationValues;
import java.time.Duration;
import java.util.Map;

/** The options of a driver, checked: what of its blocks it keeps in memory, and for how long; and what was refused. */
record VaultOptions(int blocks, Duration idle, String problem) {
    static final VaultOptions DEFAULT = read(Map.of());

    /** Returns what the configuration says; these options, with the problem, when it is refused. */
    VaultOptions configured(Map<String, Object> properties) {
        try {
            return read(properties);
        } catch (ConfigurationRefused e) {
            return new VaultOptions(blocks, idle, "io.example.vault: " + e.getMessage() + "; the rest is as before");
        }
    }

    private static VaultOptions read(Map<String, ?> properties) {
        ConfigurationValues values = ConfigurationValues.ofStrategy(properties);
        int blocks = values.number("cache.blocks", 0, 4096, 64);
        Duration idle = values.duration("cache.idle", "30s");
        values.refuseUnknown();
        return new VaultOptions(blocks, idle, "");
    }
}
