package io.pinion.advisor.report;

import io.pinion.advisor.Interval;
import io.pinion.advisor.Load;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * Figures as a report has them: real numbers with units, to three digits, intervals of such, and a dash where there is none. Those of a
 * terminal, whole numbers without typography, are the shell's.
 */
final class Quantities {
    static final double MIB = 1 << 20;
    static final double MICROS = 1e3;
    static final String NONE = "–";

    private static final int DIGITS = 3;
    /** Nothing real comes near it; what does all the same is not to tear the page apart. */
    private static final double VAST = 1e7;

    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final String[] TIMES = {"ns", "µs", "ms", "s"};
    private static final String[] COUNTS = {"", " k", " M", " G", " T"};

    private Quantities() {}

    /** {@return a number to three digits} */
    static String number(double value) {
        return scaled(value, 1000, COUNTS, "", false);
    }

    /** {@return bytes that were measured as B, KiB, MiB …} */
    static String bytes(double value) {
        return scaled(value, 1024, BINARY, " ", false);
    }

    /** {@return bytes that were asked for, without zeroes at the end} */
    static String size(double value) {
        return scaled(value, 1024, BINARY, " ", true);
    }

    static String bytesPerSecond(double value) {
        return Double.isFinite(value) ? bytes(value) + "/s" : NONE;
    }

    /** {@return nanoseconds as ns, µs, ms or s} */
    static String nanos(double value) {
        return scaled(value, 1000, TIMES, " ", false);
    }

    static String ratio(double value) {
        return Double.isFinite(value) ? digits(value, false) + " ×" : NONE;
    }

    static String percent(double part) {
        double percent = Math.abs(part) * 100;
        if (!Double.isFinite(percent)) {
            return NONE;
        }
        String text = percent < VAST ? String.format(Locale.ROOT, "%.1f %%", percent) : vast(percent) + " %";
        return (part < 0 && !text.equals("0.0 %") ? "−" : "") + text;
    }

    /** {@return seconds, without the unit} */
    static String seconds(double value) {
        return Double.isFinite(value) ? digits(value, false) : NONE;
    }

    static String duration(Duration duration) {
        return duration.toMinutes() == 0
                ? digits(duration.toMillis() / 1e3, true) + " s"
                : String.format(Locale.ROOT, "%d min %d s", duration.toMinutes(), duration.toSecondsPart());
    }

    /** {@return both ends of an interval, with their unit once where it is the same; nothing where they are one} */
    static String range(Interval interval, DoubleFunction<String> unit) {
        if (!Double.isFinite(interval.low()) || !Double.isFinite(interval.high())) {
            return "";
        }
        String low = unit.apply(interval.low());
        String high = unit.apply(interval.high());
        if (low.equals(high)) {
            return "";
        }
        int space = high.indexOf(' ');
        boolean same = space >= 0 && low.endsWith(high.substring(space));
        return (same ? low.substring(0, low.indexOf(' ')) : low) + " … " + high;
    }

    /** {@return a load in a few words, without its sizes} */
    static String load(Load load) {
        String what = switch (load.writePercent()) {
            case 0 -> "reads";
            case 100 -> "writes";
            default -> (100 - load.writePercent()) + " % reads, " + load.writePercent() + " % writes";
        };
        String span = load.span() == 0 ? "all of it" : size(load.span());
        return "%s, %s, depth %d, over %s"
                .formatted(what, load.sequential() ? "sequential" : "random", load.depth(), span);
    }

    private static String scaled(double value, double step, String[] units, String space, boolean strip) {
        if (!Double.isFinite(value)) {
            return NONE;
        }
        double rest = Math.abs(value);
        int unit = 0;
        while (unit < units.length - 1 && rest >= step * 0.9995) {
            rest /= step;
            unit++;
        }
        return (value < 0 ? "−" : "") + digits(rest, strip || unit == 0) + space + units[unit];
    }

    /** To three digits; more of a number that has more before its point. */
    private static String digits(double value, boolean strip) {
        if (Math.abs(value) < 1e-4) {
            return "0";
        }
        if (Math.abs(value) >= VAST) {
            return vast(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal few = exact.round(new MathContext(DIGITS));
        int decimals = Math.max(0, DIGITS - few.precision() + few.scale());
        BigDecimal rounded = (decimals == 0 ? exact : few).setScale(decimals, RoundingMode.HALF_UP);
        BigDecimal shown = strip && decimals > 0 ? rounded.stripTrailingZeros() : rounded;
        return shown.toPlainString().replace('-', '−');
    }

    private static String vast(double value) {
        return String.format(Locale.ROOT, "%.2e", value);
    }
}
