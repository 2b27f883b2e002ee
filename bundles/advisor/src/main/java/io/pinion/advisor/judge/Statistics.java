package io.pinion.advisor.judge;

import io.pinion.advisor.Interval;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.apache.commons.statistics.interval.NormalConfidenceInterval;

/** Intervals and tests, all of them Apache Commons Statistics'. */
public final class Statistics {
    /** Of intervals, and how unlikely a difference must be by chance. */
    public static final double ERROR_RATE = 0.05;

    private Statistics() {}

    /** {@return the mean, with its interval by Student's t; of one value alone nobody knows how wide that is} */
    public static Interval mean(double... values) {
        if (values.length == 0) {
            return new Interval(Double.NaN, Double.NaN, Double.NaN);
        }
        double mean = Mean.of(values).getAsDouble();
        if (values.length == 1) {
            return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }
        double variance = Variance.of(values).getAsDouble();
        var interval = NormalConfidenceInterval.MEAN.fromErrorRate(mean, variance, values.length, ERROR_RATE);
        return new Interval(mean, interval.getLowerBound(), interval.getUpperBound());
    }

    /** {@return the mean of the ratios round by round, of their logarithms: twice and half are equally far from 1} */
    public static Interval ratio(double[] values, double[] others) {
        Interval logs = mean(logRatios(values, others));
        return new Interval(Math.exp(logs.estimate()), Math.exp(logs.low()), Math.exp(logs.high()));
    }

    /** {@return the mean of the differences round by round} */
    public static Interval difference(double[] values, double[] others) {
        return mean(IntStream.range(0, Math.min(values.length, others.length))
                .mapToDouble(round -> values[round] - others[round])
                .toArray());
    }

    /** {@return how likely ratios as far from 1 are when there is no difference: Wilcoxon's signed ranks, two-sided} */
    public static double pValue(double[] values, double[] others) {
        double[] logs = logRatios(values, others);
        if (logs.length == 0 || IntStream.range(0, logs.length).allMatch(round -> logs[round] == 0)) {
            return 1;
        }
        return WilcoxonSignedRankTest.withDefaults().test(logs).getPValue();
    }

    private static double[] logRatios(double[] values, double[] others) {
        return IntStream.range(0, Math.min(values.length, others.length))
                .filter(round -> values[round] > 0 && others[round] > 0)
                .mapToDouble(round -> Math.log(values[round] / others[round]))
                .toArray();
    }
}
