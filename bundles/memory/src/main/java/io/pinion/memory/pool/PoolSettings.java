package io.pinion.memory.pool;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.ConfigurationValues;
import io.pinion.configuration.Units;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the pool is to be.
 *
 * @param limit of what it holds, in bytes
 * @param arenaSize how much it takes at a time, in bytes
 * @param hugePages whether to ask for huge pages
 * @param shrinkNanos after how long an arena without leases goes back
 * @param leakDetail whether leases note where they are taken
 */
record PoolSettings(long limit, long arenaSize, boolean hugePages, long shrinkNanos, boolean leakDetail) {
    private static final Logger LOG = LoggerFactory.getLogger(PoolSettings.class);
    private static final String ARENA_SIZES = "multiples of 2MiB up to 1GiB";

    /** What {@link PoolConfiguration} has by default. */
    static final PoolSettings DEFAULT = new PoolSettings(
            Units.size(PoolConfiguration.LIMIT),
            Units.size(PoolConfiguration.ARENA_SIZE),
            PoolConfiguration.HUGE_PAGES,
            Units.duration(PoolConfiguration.SHRINK_AFTER).toNanos(),
            PoolConfiguration.LEAK_DETAIL);

    /** {@return what a configuration says; these settings, and a warning, when it is refused} */
    PoolSettings configured(Map<String, ?> properties) {
        try {
            return from(properties);
        } catch (ConfigurationRefused e) {
            LOG.warn("{}: {}; it stays as it was: {}", PoolConfiguration.PID, e.getMessage(), this);
            return this;
        }
    }

    private static PoolSettings from(Map<String, ?> properties) {
        ConfigurationValues values = ConfigurationValues.of(properties);
        PoolSettings settings = new PoolSettings(
                values.read("limit", Units::size, "a number of bytes, or one with " + Units.SIZES)
                        .orElse(DEFAULT.limit),
                values.read("arena.size", PoolSettings::arenaSize, ARENA_SIZES).orElse(DEFAULT.arenaSize),
                values.flag("huge.pages", PoolConfiguration.HUGE_PAGES),
                values.duration("shrink.after", PoolConfiguration.SHRINK_AFTER).toNanos(),
                values.flag("leak.detail", PoolConfiguration.LEAK_DETAIL));
        values.refuseUnknown();
        return settings;
    }

    private static long arenaSize(String text) {
        long size = Units.size(text);
        if (size < PoolArena.UNIT || size > PoolArena.LARGEST || size % PoolArena.UNIT != 0) {
            throw new IllegalArgumentException(text);
        }
        return size;
    }
}
