package io.pinion.benchmarks.report;

import io.pinion.benchmarks.plan.Figure;
import io.pinion.benchmarks.plan.Workload;
import io.pinion.benchmarks.rounds.Measured;
import io.pinion.benchmarks.rounds.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Pinion beside the ways of one workload. */
record Comparison(Measured measured) {
    /** {@return Pinion's figure to a way's, round by round; empty when the way is missing} */
    Optional<Ratio> ratio(Figure figure, String title) {
        List<Sample> own = measured.samples(measured.workload().own().title());
        List<Sample> other = measured.samples(title);
        if (other.isEmpty()) {
            return Optional.empty();
        }
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < other.size(); round++) {
            ratios.add(own.get(round).figure(figure) / other.get(round).figure(figure));
        }
        return Optional.of(Ratio.of(ratios));
    }

    /** {@return how far Pinion is from itself} */
    double noise(Figure figure) {
        return ratio(figure, Workload.AGAIN).map(Ratio::noise).orElse(Double.NaN);
    }

    /** {@return the median of a way's samples, NaN when it does not tell} */
    double median(String title, ToDoubleFunction<Sample> figure) {
        double[] told = measured.samples(title).stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        return told.length == 0 ? Double.NaN : Ratio.median(told);
    }

    /** {@return the titles of the ways that are there, without the second of the A/A pair} */
    List<String> titles() {
        return measured.titles().stream()
                .filter(title -> !title.equals(Workload.AGAIN))
                .toList();
    }
}
