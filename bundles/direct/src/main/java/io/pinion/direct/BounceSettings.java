package io.pinion.direct;

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
        int kib = configured.bounce_size_kib();
        if (kib < UNIT_KIB || kib > MOST_KIB || kib % UNIT_KIB != 0) {
            LOG.warn(
                    "io.pinion.direct: bounce.size.kib={} is not allowed; using {}. Allowed: multiples of {} up to {}",
                    kib,
                    DEFAULT_KIB,
                    UNIT_KIB,
                    MOST_KIB);
            kib = DEFAULT_KIB;
        }
        int count = configured.bounce_count();
        if (count < 1 || count > BouncePool.MOST) {
            LOG.warn(
                    "io.pinion.direct: bounce.count={} is not allowed; using {}. Allowed: 1 to {}",
                    count,
                    DEFAULT_COUNT,
                    BouncePool.MOST);
            count = DEFAULT_COUNT;
        }
        return new BounceSettings(kib << 10, count, configured.huge_pages());
    }
}
