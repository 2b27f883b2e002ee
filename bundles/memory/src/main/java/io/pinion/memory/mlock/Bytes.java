package io.pinion.memory.mlock;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as people write them. */
final class Bytes {
    static final long UNLIMITED = Long.MAX_VALUE;
    static final String ALLOWED =
            "a number with KiB, MiB, GiB, kB, MB, GB or nothing for bytes, such as 64MiB; or unlimited";

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB"};
    private static final Map<String, Long> SCALES = Map.of(
            "",
            1L,
            "B",
            1L,
            "KiB",
            1L << 10,
            "MiB",
            1L << 20,
            "GiB",
            1L << 30,
            "kB",
            1_000L,
            "MB",
            1_000_000L,
            "GB",
            1_000_000_000L);
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}) *([A-Za-z]*)");

    private Bytes() {}

    /** {@return the amount in bytes; empty when the text is none} */
    static OptionalLong parse(String text) {
        if (text.equals("unlimited")) {
            return OptionalLong.of(UNLIMITED);
        }
        Matcher form = FORM.matcher(text);
        Long scale = form.matches() ? SCALES.get(form.group(2)) : null;
        if (scale == null || Long.parseLong(form.group(1)) > Long.MAX_VALUE / scale) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(form.group(1)) * scale);
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
