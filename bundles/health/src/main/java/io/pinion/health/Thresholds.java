package io.pinion.health;

import io.pinion.configuration.ConfigurationValues;
import java.time.Duration;
import java.util.Map;

/**
 * From when on checks warn.
 *
 * @param memoryWarnPercent of the limit of pinned memory
 * @param flushOverdue how long written bytes may wait for a flush; zero: for any time
 */
record Thresholds(int memoryWarnPercent, Duration flushOverdue) {
    static final Thresholds DEFAULT = new Thresholds(
            HealthSettings.MEMORY_WARN_PERCENT, Duration.ofSeconds(HealthSettings.FLUSH_OVERDUE_SECONDS));
    static final String MEMORY = "memory.warn.percent";
    static final String FLUSH = "flush.overdue.seconds";

    /** Throws {@link io.pinion.configuration.ConfigurationRefused}. */
    static Thresholds from(Map<String, ?> properties) {
        ConfigurationValues values = ConfigurationValues.of(properties);
        int percent = values.number(MEMORY, 1, 100, HealthSettings.MEMORY_WARN_PERCENT);
        int seconds = values.number(FLUSH, 0, Integer.MAX_VALUE, HealthSettings.FLUSH_OVERDUE_SECONDS);
        values.refuseUnknown();
        return new Thresholds(percent, Duration.ofSeconds(seconds));
    }
}
