package io.pinion.buffered;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.ConfigurationValues;
import io.pinion.strategy.PageCacheAdvice.Pattern;
import java.util.Locale;
import java.util.Map;

/**
 * What {@link BufferedConfiguration} says, checked.
 *
 * @param advice what the kernel is told of reads to come
 * @param cache what becomes of the pages that a transfer has gone through
 * @param problem why the latest configuration is refused, and what stays; empty when it isn't
 */
record BufferedSettings(Pattern advice, Cache cache, String problem) {
    /** What comes without a configuration. */
    static final BufferedSettings DEFAULT = read(Map.of());

    /** What becomes of the pages that a transfer has gone through. */
    enum Cache {
        /** They stay, for the next transfer. */
        KEEP,
        /** They go, as if each transfer were {@link io.pinion.strategy.TransferFlags#UNCACHED}. */
        DROP
    }

    /** {@return these settings as the properties configure them; properties that are refused change the problem alone} */
    BufferedSettings configured(Map<String, ?> properties) {
        try {
            return read(properties);
        } catch (ConfigurationRefused e) {
            String stays = "; it stays advice=" + word(advice) + ", cache=" + word(cache);
            return new BufferedSettings(advice, cache, e.getMessage() + stays);
        }
    }

    private static BufferedSettings read(Map<String, ?> properties) {
        ConfigurationValues values = ConfigurationValues.ofStrategy(properties);
        BufferedSettings read = new BufferedSettings(
                values.choice("advice", Pattern.class, BufferedConfiguration.ADVICE),
                values.choice("cache", Cache.class, BufferedConfiguration.CACHE),
                "");
        values.refuseUnknown();
        return read;
    }

    /** {@return the constant as a configuration says it} */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
