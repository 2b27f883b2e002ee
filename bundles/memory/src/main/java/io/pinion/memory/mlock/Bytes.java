package io.pinion.memory.mlock;

import io.pinion.configuration.Units;
import java.util.Locale;

/** Amounts of memory as people write them. */
public final class Bytes {
    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;
    /** What {@link #parse} takes. */
    public static final String ALLOWED =
            "a number of bytes, or one with " + Units.SIZES + ", such as 64MiB; or unlimited";

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};

    private Bytes() {}

    /**
     * {@return the amount in bytes}
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static long parse(String text) {
        return text.equals("unlimited") ? UNLIMITED : Units.size(text);
    }

    /** {@return the amount as text, in the largest unit of which it has one, with one decimal if it needs any} */
    public static String text(long bytes) {
        if (bytes == UNLIMITED) {
            return "unlimited";
        }
        int unit = 0;
        while (unit < UNITS.length - 1 && bytes >> 10 * (unit + 1) > 0) {
            unit++;
        }
        boolean whole = (bytes & (1L << 10 * unit) - 1) == 0;
        return whole
                ? (bytes >> 10 * unit) + " " + UNITS[unit]
                : String.format(Locale.ROOT, "%.1f %s", (double) bytes / (1L << 10 * unit), UNITS[unit]);
    }
}
