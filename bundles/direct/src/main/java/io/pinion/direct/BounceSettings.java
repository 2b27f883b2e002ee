package io.pinion.direct;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.ConfigurationValues;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much memory a channel bounces through, and reads ahead into.
 *
 * @param size of a buffer in bytes, a multiple of 64 KiB, so that any alignment a file asks for is met
 * @param count of buffers
 * @param hugePages whether to ask for huge pages
 * @param readAhead how much is read ahead for a sequential reader, in bytes, a multiple of 64 KiB; 0 for nothing
 */
record BounceSettings(int size, int count, boolean hugePages, int readAhead) {
    private static final Logger LOG = LoggerFactory.getLogger(BounceSettings.class);
    private static final int UNIT_KIB = 64;
    private static final int MOST_KIB = 16 << 10;
    private static final String KIB = "multiples of " + UNIT_KIB + " up to " + MOST_KIB;

    /** What {@link DirectSettings} has by default. */
    static final BounceSettings DEFAULT = new BounceSettings(
            DirectSettings.BOUNCE_SIZE_KIB << 10,
            DirectSettings.BOUNCE_COUNT,
            DirectSettings.HUGE_PAGES,
            DirectSettings.READ_AHEAD_KIB << 10);

    /** {@return what a configuration says; these settings, and a warning, when it is refused} */
    BounceSettings configured(Map<String, ?> properties) {
        try {
            return from(properties);
        } catch (ConfigurationRefused e) {
            LOG.warn(
                    "{}: {}; it stays bounce.size.kib={}, bounce.count={}, huge.pages={}, read.ahead.kib={}",
                    DirectSettings.PID,
                    e.getMessage(),
                    size >> 10,
                    count,
                    hugePages,
                    readAhead >> 10);
            return this;
        }
    }

    private static BounceSettings from(Map<String, ?> properties) {
        ConfigurationValues values = ConfigurationValues.ofStrategy(properties);
        int kib = values.read("bounce.size.kib", BounceSettings::kib, KIB).orElse(DirectSettings.BOUNCE_SIZE_KIB);
        int ahead = values.read("read.ahead.kib", BounceSettings::kibOrNone, "0, " + KIB)
                .orElse(DirectSettings.READ_AHEAD_KIB);
        BounceSettings settings = new BounceSettings(
                kib << 10,
                values.number("bounce.count", 1, BouncePool.MOST, DirectSettings.BOUNCE_COUNT),
                values.flag("huge.pages", DirectSettings.HUGE_PAGES),
                ahead << 10);
        values.refuseUnknown();
        return settings;
    }

    private static int kibOrNone(String text) {
        return text.equals("0") ? 0 : kib(text);
    }

    private static int kib(String text) {
        int kib = Integer.parseInt(text);
        if (kib < UNIT_KIB || kib > MOST_KIB || kib % UNIT_KIB != 0) {
            throw new IllegalArgumentException(text);
        }
        return kib;
    }
}
