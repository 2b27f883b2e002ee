package io.pinion.memory.mlock;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as people write them. */
final class Bytes {
    static final long UNLIMITED = Long.MAX_VALUE;
    static final String ALLOWED = "a number with B, KiB, MiB or GiB, such as 64 MiB; or unlimited";

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\s*(B|KiB|MiB|GiB)");

    private Bytes() {}

    /** {@return the amount in bytes; empty when the text is none} */
    static OptionalLong parse(String text) {
        if (text.equals("unlimited")) {
            return OptionalLong.of(UNLIMITED);
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return OptionalLong.empty();
        }
        int unit = 0;
        while (!UNITS[unit].equals(form.group(2))) {
            unit++;
        }
        long number = Long.parseLong(form.group(1));
        return number > Long.MAX_VALUE >> 10 * unit ? OptionalLong.empty() : OptionalLong.of(number << 10 * unit);
    }

    /** {@return the amount as text, in the largest unit of which it has one, with one decimal if it needs any} */
    static String text(long bytes) {
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
