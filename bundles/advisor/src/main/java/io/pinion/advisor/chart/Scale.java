package io.pinion.advisor.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Where values are on an axis, from left to right or, with a negative length, upwards; and which of them have a mark. */
public final class Scale {
    private static final MathContext DIGITS = new MathContext(3);
    private static final double[] STEPS = {1, 2, 5, 10};
    private static final double MOST = 1e18;
    /** Of a step. */
    private static final double SLACK = 0.01;

    private final boolean logarithmic;
    private final double low;
    private final double high;
    private final double left;
    private final double length;
    private final List<Double> marks;

    private Scale(boolean logarithmic, double low, double high, double left, double length, List<Double> marks) {
        this.logarithmic = logarithmic;
        this.low = low;
        this.high = high;
        this.left = left;
        this.length = length;
        this.marks = marks;
    }

    /** {@return whether the value can be on an axis} Nothing that is measured is as large as what can't. */
    static boolean takes(double value) {
        return Math.abs(value) <= MOST;
    }

    /** {@return whether the value can be on an axis of equal steps for equal ratios} */
    static boolean takesRatios(double value) {
        return value >= 1 / MOST && value <= MOST;
    }

    /** {@return an axis from 0, with four to ten marks} */
    public static Scale linear(double most, double left, double length) {
        return linear(0, most, left, length);
    }

    /** {@return an axis with 0 and both values on it, with four to ten marks} */
    public static Scale linear(double least, double most, double left, double length) {
        double from = Math.min(least, 0);
        double to = Math.max(most, 0);
        double rough = (to > from ? to - from : 1) / 5;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = decade;
        for (double candidate : STEPS) {
            if (step < rough) {
                step = candidate * decade;
            }
        }
        // So little beyond a mark is within the line's own width.
        long first = (long) Math.floor(from / step + SLACK);
        long last = Math.max((long) Math.ceil(to / step), first + 1);
        List<Double> marks = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            marks.add(i * step);
        }
        return new Scale(false, marks.get(0), marks.get(marks.size() - 1), left, length, marks);
    }

    /**
     * {@return an axis of equal steps for equal ratios, with marks at 1, 2 and 5 of each decade}
     *
     * @param least above 0
     * @param most no less
     */
    public static Scale logarithmic(double least, double most, double left, double length) {
        List<Double> marks = new ArrayList<>();
        for (double decade = Math.pow(10, Math.floor(Math.log10(least))); decade <= most * 10; decade *= 10) {
            for (int i = 0; i < STEPS.length - 1; i++) {
                marks.add(STEPS[i] * decade);
            }
        }
        while (marks.size() > 2 && marks.get(1) <= least) {
            marks.remove(0);
        }
        while (marks.size() > 2 && marks.get(marks.size() - 2) >= most) {
            marks.remove(marks.size() - 1);
        }
        return new Scale(true, marks.get(0), marks.get(marks.size() - 1), left, length, marks);
    }

    /** {@return where the value is} */
    public double at(double value) {
        double part = logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        return left + length * part;
    }

    /** {@return the values with a mark, ascending; the first and the last are the ends} */
    public List<Double> marks() {
        return marks;
    }

    /** {@return the marks that have a text: all, or one a decade where all of them would not have so much room each} */
    public List<Double> labelled(double room) {
        boolean crowded = false;
        for (int i = 1; i < marks.size(); i++) {
            crowded |= Math.abs(at(marks.get(i)) - at(marks.get(i - 1))) < room;
        }
        return crowded ? marks.stream().filter(Scale::isDecade).toList() : marks;
    }

    private static boolean isDecade(double mark) {
        double exponent = Math.log10(mark);
        return Math.abs(exponent - Math.rint(exponent)) < 1e-6;
    }

    /** {@return a number short enough for a mark} */
    public static String text(double value) {
        if (value < 0) {
            return "−" + text(-value);
        }
        if (value >= 1e6) {
            return trimmed(value / 1e6) + " M";
        }
        return value >= 1e4 ? trimmed(value / 1e3) + " k" : trimmed(value);
    }

    private static String trimmed(double value) {
        return BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
