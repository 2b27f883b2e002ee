package io.pinion.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The median of per-round ratios, with the 95 % interval that resampling the rounds gives. Of fewer than six rounds it is
 * their range, which says less.
 *
 * @param median of the ratios
 * @param low where the interval begins
 * @param high where it ends
 * @param rounds how many ratios
 */
public record Ratio(double median, double low, double high, int rounds) {
    private static final int RESAMPLES = 10_000;
    private static final int TAIL = RESAMPLES / 40;
    private static final int FEW = 6;

    /** {@return the ratio of what was measured in rounds} The same numbers give the same interval. */
    public static Ratio of(List<Double> ratios) {
        double[] all = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (all.length < FEW) {
            return new Ratio(median(all), all[0], all[all.length - 1], all.length);
        }
        SplittableRandom random = new SplittableRandom(1);
        double[] medians = new double[RESAMPLES];
        double[] sample = new double[all.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int k = 0; k < sample.length; k++) {
                sample[k] = all[random.nextInt(all.length)];
            }
            medians[i] = median(sample);
        }
        Arrays.sort(medians);
        return new Ratio(median(all), medians[TAIL], medians[RESAMPLES - 1 - TAIL], all.length);
    }

    /** {@return the middle of the values} */
    public static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** {@return of an A/A pair, how far its interval goes from 1} */
    public double noise() {
        return Math.max(Math.abs(low - 1), Math.abs(high - 1));
    }

    /**
     * {@return whether the goal is met: the interval reaches it, and the median is short of it by no more than the noise}
     *
     * @param goal a ratio
     * @param moreIsBetter whether it is to be reached from below
     * @param noise of the A/A pair
     */
    public boolean meets(double goal, boolean moreIsBetter, double noise) {
        return moreIsBetter
                ? high >= goal && median >= goal * (1 - noise)
                : low <= goal && median <= goal * (1 + noise);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", median, low, high);
    }
}
