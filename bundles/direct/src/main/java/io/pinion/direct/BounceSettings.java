package io.pinion.direct;

import java.util.function.IntPredicate;
import java.util.function.IntSupplier;
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
    private static final int DEFAULT_KIB = 512;
    private static final int DEFAULT_COUNT = 4;

    /** What {@link DirectSettings} has by default. */
    static final BounceSettings DEFAULT = new BounceSettings(DEFAULT_KIB << 10, DEFAULT_COUNT, true);

    /** {@return what is configured; a value that is not allowed is reported, and the default taken in its place} */
    static BounceSettings of(DirectSettings configured) {
        int kib = number(
                "bounce.size.kib",
                configured::bounce_size_kib,
                value -> value >= UNIT_KIB && value <= MOST_KIB && value % UNIT_KIB == 0,
                DEFAULT_KIB,
                "multiples of " + UNIT_KIB + " up to " + MOST_KIB);
        int count = number(
                "bounce.count",
                configured::bounce_count,
                value -> value >= 1 && value <= BouncePool.MOST,
                DEFAULT_COUNT,
                "1 to " + BouncePool.MOST);
        return new BounceSettings(kib << 10, count, configured.huge_pages());
    }

    private static int number(
            String key, IntSupplier configured, IntPredicate allowed, int otherwise, String description) {
        String shown;
        try {
            int value = configured.getAsInt();
            if (allowed.test(value)) {
                return value;
            }
            shown = String.valueOf(value);
        } catch (RuntimeException e) {
            // The component runtime's, for what it can't convert: let through, it would take the strategy away.
            shown = "(" + e.getMessage() + ")";
        }
        LOG.warn("io.pinion.direct: {}={} is not allowed; using {}. Allowed: {}", key, shown, otherwise, description);
        return otherwise;
    }
}
