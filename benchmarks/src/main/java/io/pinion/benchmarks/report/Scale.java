package io.pinion.benchmarks.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** Where values are on an axis from left to right, and which of them have a mark. */
final class Scale {
    private static final MathContext DIGITS = new MathContext(3);
    private static final double[] STEPS = {1, 2, 5, 10};

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

    /** {@return an axis from 0, with four to ten marks} */
    static Scale linear(double most, double left, double length) {
        double rough = most / 5;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = decade;
        for (double candidate : STEPS) {
            if (step < rough) {
                step = candidate * decade;
            }
        }
        List<Double> marks = new ArrayList<>();
        for (int i = 0; (i - 1) * step < most; i++) {
            marks.add(i * step);
        }
        return new Scale(false, 0, marks.get(marks.size() - 1), left, length, marks);
    }

    /** {@return an axis of equal steps for equal ratios, with marks at 1, 2 and 5 of each decade} */
    static Scale logarithmic(double least, double most, double left, double length) {
        List<Double> marks = new ArrayList<>();
        for (double decade = Math.pow(10, Math.floor(Math.log10(least))); decade <= most * 10; decade *= 10) {
            for (int i = 0; i < STEPS.length - 1; i++) {
                marks.add(STEPS[i] * decade);
            }
        }
        while (marks.get(1) <= least) {
            marks.remove(0);
        }
        while (marks.get(marks.size() - 2) >= most) {
            marks.remove(marks.size() - 1);
        }
        return new Scale(true, marks.get(0), marks.get(marks.size() - 1), left, length, marks);
    }

    double at(double value) {
        double part = logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        return left + length * part;
    }

    List<Double> marks() {
        return marks;
    }

    /** {@return the marks that have a text: all, or one a decade where all of them would not have so much room each} */
    List<Double> labelled(double room) {
        boolean crowded = false;
        for (int i = 1; i < marks.size(); i++) {
            crowded |= at(marks.get(i)) - at(marks.get(i - 1)) < room;
        }
        return crowded ? marks.stream().filter(Scale::isDecade).toList() : marks;
    }

    private static boolean isDecade(double mark) {
        double exponent = Math.log10(mark);
        return Math.abs(exponent - Math.rint(exponent)) < 1e-6;
    }

    /** {@return a number short enough for a mark} */
    static String text(double value) {
        if (value >= 1e6) {
            return trimmed(value / 1e6) + " M";
        }
        return value >= 1e4 ? trimmed(value / 1e3) + " k" : trimmed(value);
    }

    private static String trimmed(double value) {
        return BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
