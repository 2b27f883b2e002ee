package io.pinion.linux.direct;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.ConfigurationValues;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much memory a channel bounces through, and reads ahead into: keys that every strategy by O_DIRECT has, and the one home
 * of their defaults.
 *
 * @param size of a buffer in bytes, a multiple of 64 KiB, so that any alignment a file asks for is met
 * @param count of buffers
 * @param hugePages whether to ask for huge pages
 * @param readAhead how much is read ahead for a sequential reader, in bytes, a multiple of 64 KiB; 0 for nothing
 */
public record BounceSettings(int size, int count, boolean hugePages, int readAhead) {
    private static final Logger LOG = LoggerFactory.getLogger(BounceSettings.class);
    private static final int UNIT_KIB = 64;
    private static final int MOST_KIB = 16 << 10;
    private static final String KIB = "multiples of " + UNIT_KIB + " up to " + MOST_KIB;

    /** Default of {@code bounce.size.kib}. */
    public static final int SIZE_KIB = 512;

    /** Default of {@code bounce.count}. */
    public static final int COUNT = 4;

    /** Default of {@code huge.pages}. */
    public static final boolean HUGE_PAGES = true;

    /** Default of {@code read.ahead.kib}. */
    public static final int READ_AHEAD_KIB = 4096;

    /** What holds without a configuration. */
    public static final BounceSettings DEFAULT =
            new BounceSettings(SIZE_KIB << 10, COUNT, HUGE_PAGES, READ_AHEAD_KIB << 10);

    /**
     * {@return what a configuration says; these settings, and a warning, when it is refused}
     *
     * @param pid the configuration's, for the words
     */
    public BounceSettings configured(String pid, Map<String, ?> properties) {
        try {
            return from(properties);
        } catch (ConfigurationRefused e) {
            LOG.warn(
                    "{}: {}; it stays bounce.size.kib={}, bounce.count={}, huge.pages={}, read.ahead.kib={}",
                    pid,
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
        int kib = values.read("bounce.size.kib", BounceSettings::kib, KIB).orElse(SIZE_KIB);
        int ahead = values.read("read.ahead.kib", BounceSettings::kibOrNone, "0, " + KIB)
                .orElse(READ_AHEAD_KIB);
        BounceSettings settings = new BounceSettings(
                kib << 10,
                values.number("bounce.count", 1, BouncePool.MOST, COUNT),
                values.flag("huge.pages", HUGE_PAGES),
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
