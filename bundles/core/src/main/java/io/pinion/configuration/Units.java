package io.pinion.configuration;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with units, as operators write them: {@code 1.5 GiB}, {@code 30s}. The case of letters does not matter. */
public final class Units {
    /** What durations end with. */
    public static final String DURATIONS = "ms, s, m or h";
    /** What sizes may end with. */
    public static final String SIZES = "KiB, MiB, GiB, TiB, kB, MB, GB or TB";

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]*)");
    private static final BigDecimal LONGEST =
            BigDecimal.valueOf(Duration.ofDays(36500).toNanos());
    private static final Map<String, Long> NANOS = Map.of(
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final Map<String, Long> BYTES = bytes();

    private Units() {}

    private static Map<String, Long> bytes() {
        Map<String, Long> bytes = new LinkedHashMap<>();
        bytes.put("", 1L);
        bytes.put("b", 1L);
        long binary = 1;
        long decimal = 1;
        for (String prefix : new String[] {"k", "m", "g", "t"}) {
            binary *= 1024;
            decimal *= 1000;
            bytes.put(prefix + "ib", binary);
            bytes.put(prefix + "b", decimal);
        }
        return bytes;
    }

    /**
     * {@return the duration that the text says} It has a unit, and is not longer than a hundred years.
     *
     * @throws IllegalArgumentException when it says none
     */
    public static Duration duration(String text) {
        return Duration.ofNanos(number(text, NANOS, LONGEST));
    }

    /**
     * {@return the number of bytes that the text says} Without a unit it is one of bytes.
     *
     * @throws IllegalArgumentException when it says none
     */
    public static long size(String text) {
        return number(text, BYTES, BigDecimal.valueOf(Long.MAX_VALUE));
    }

    private static long number(String text, Map<String, Long> units, BigDecimal most) {
        Matcher form = FORM.matcher(text.strip());
        Long unit = form.matches() ? units.get(form.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(text + " is no number with a unit of " + units.keySet());
        }
        BigDecimal value = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit));
        if (value.compareTo(most) > 0) {
            throw new IllegalArgumentException(text + " is too much");
        }
        return value.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
