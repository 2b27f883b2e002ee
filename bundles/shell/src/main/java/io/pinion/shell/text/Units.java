package io.pinion.shell.text;

import java.util.Locale;

/** Figures as people read them: three digits that matter, and a unit. */
public final class Units {
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final String[] TIME = {"ns", "µs", "ms", "s"};

    private Units() {}

    /** {@return a number of bytes: {@code 64 MiB}, {@code 1.50 GiB}} */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < BINARY.length - 1) {
            value /= 1024;
            unit++;
        }
        return digits(value) + " " + BINARY[unit];
    }

    /** {@return a speed: {@code 812 MiB/s}; a dash when no time has passed} */
    public static String rate(long bytes, long nanos) {
        return nanos <= 0 ? "-" : bytes(Math.round(bytes * 1e9 / nanos)) + "/s";
    }

    /** {@return a time: {@code 1.25 ms}} */
    public static String nanos(long nanos) {
        double value = nanos;
        int unit = 0;
        while (value >= 1000 && unit < TIME.length - 1) {
            value /= 1000;
            unit++;
        }
        return digits(value) + " " + TIME[unit];
    }

    /** {@return a count: {@code 1,234,567}} */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@return a count of things: {@code 1 swap}, {@code 2 swaps}} */
    public static String count(long count, String thing) {
        return count(count) + " " + thing + (count == 1 ? "" : "s");
    }

    /** {@return a share of a whole: {@code 99.7 %}; a dash when there is no whole} */
    public static String percent(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    private static String digits(double value) {
        if (value == Math.rint(value) || value >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
    }
}
