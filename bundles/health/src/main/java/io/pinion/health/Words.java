package io.pinion.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Figures in the sentences of a check. */
final class Words {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int STEP = 1024;

    private Words() {}

    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        for (; value >= STEP && unit < UNITS.length - 1; unit++) {
            value /= STEP;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]).replace(".0 ", " ");
    }

    /** {@return how long ago that was, in whole seconds} */
    static String ago(Instant at, Instant now) {
        return Math.max(0, Duration.between(at, now).toSeconds()) + " s ago";
    }
}
