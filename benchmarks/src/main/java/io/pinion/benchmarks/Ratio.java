package io.pinion.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The median of per-round ratios, with the 95 % interval that resampling the rounds gives.
 *
 * @param median of the ratios
 * @param low where the interval begins
 * @param high where it ends
 * @param rounds how many ratios
 */
record Ratio(double median, double low, double high, int rounds) {
    private static final int RESAMPLES = 10_000;
    private static final Random RANDOM = new Random(1);

    static Ratio of(List<Double> ratios) {
        double[] all = ratios.stream().mapToDouble(Double::doubleValue).toArray();
        double[] medians = new double[RESAMPLES];
        double[] sample = new double[all.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int k = 0; k < sample.length; k++) {
                sample[k] = all[RANDOM.nextInt(all.length)];
            }
            medians[i] = median(sample);
        }
        Arrays.sort(medians);
        return new Ratio(median(all), medians[RESAMPLES / 40], medians[RESAMPLES - 1 - RESAMPLES / 40], all.length);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f (%.3f–%.3f, %d rounds)", median, low, high, rounds);
    }
}
