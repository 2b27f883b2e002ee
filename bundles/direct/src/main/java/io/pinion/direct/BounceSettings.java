package io.pinion.direct;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.ConfigurationValues;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much memory a channel bounces through.
 *
 * @param size of a buffer in bytes, a multiple of 64 KiB, so that any alignment a file asks for is met
 * @param count of buffers
 * @param hugePages whether to ask for huge pages
 */
record BounceSettings(int size, int count, boolean hugePages) {
    private static final Logger LOG = LoggerFactory.getLogger(BounceSettings.class);
    private static final int UNIT_KIB = 64;
    private static final int MOST_KIB = 16 << 10;

    /** What {@link DirectSettings} has by default. */
    static final BounceSettings DEFAULT = new BounceSettings(
            DirectSettings.BOUNCE_SIZE_KIB << 10, DirectSettings.BOUNCE_COUNT, DirectSettings.HUGE_PAGES);

    /** {@return what a configuration says; these settings, and a warning, when it is refused} */
    BounceSettings configured(Map<String, ?> properties) {
        try {
            return from(properties);
        } catch (ConfigurationRefused e) {
            LOG.warn(
                    "{}: {}; it stays bounce.size.kib={}, bounce.count={}, huge.pages={}",
                    DirectSettings.PID,
                    e.getMessage(),
                    size >> 10,
                    count,
                    hugePages);
            return this;
        }
    }

    private static BounceSettings from(Map<String, ?> properties) {
        ConfigurationValues values = ConfigurationValues.ofStrategy(properties);
        int kib = values.read("bounce.size.kib", BounceSettings::kib, "multiples of " + UNIT_KIB + " up to " + MOST_KIB)
                .orElse(DirectSettings.BOUNCE_SIZE_KIB);
        BounceSettings settings = new BounceSettings(
                kib << 10,
                values.number("bounce.count", 1, BouncePool.MOST, DirectSettings.BOUNCE_COUNT),
                values.flag("huge.pages", DirectSettings.HUGE_PAGES));
        values.refuseUnknown();
        return settings;
    }

    private static int kib(String text) {
        int kib = Integer.parseInt(text);
        if (kib < UNIT_KIB || kib > MOST_KIB || kib % UNIT_KIB != 0) {
            throw new IllegalArgumentException(text);
        }
        return kib;
    }
}
