package io.pinion.advisor.judge;

import io.pinion.advisor.Comparison;
import io.pinion.advisor.Interval;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import io.pinion.advisor.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Holds each way against the buffered one that the load would get. */
public final class Comparisons {
    /** A difference within so much of the other is none that anybody should change a system for. */
    public static final double MARGIN = 0.05;

    private Comparisons() {}

    /**
     * {@return each way of each size, but the buffered ones, held against one of these}
     *
     * @param against the way that the load would get
     */
    public static List<Comparison> of(List<Measured> figures, Way against) {
        List<Comparison> comparisons = new ArrayList<>();
        for (Measured other : figures) {
            boolean comparable = other.way() != Way.BUFFERED_COLD && other.way() != Way.BUFFERED_WARM;
            Optional<Measured> base = find(figures, other.size(), against);
            if (comparable && base.isPresent()) {
                comparisons.add(of(other, base.get()));
            }
        }
        return comparisons;
    }

    static Optional<Measured> find(List<Measured> figures, int size, Way way) {
        return figures.stream()
                .filter(each -> each.size() == size && each.way() == way)
                .findFirst();
    }

    static Comparison of(Measured other, Measured base) {
        Interval speed = ratio(other, base, Sample::operationsPerSecond);
        double pValue = Statistics.pValue(
                Summaries.each(other.samples(), Sample::operationsPerSecond),
                Summaries.each(base.samples(), Sample::operationsPerSecond));
        double noise = noise(base);
        // Where rounds tie the test's p is an approximation, and too bold for few.
        int rounds = Math.min(other.samples().size(), base.samples().size());
        double margin = Math.max(MARGIN, noise);
        boolean beyond = speed.low() > 1 + margin || speed.high() < 1 / (1 + margin);
        return new Comparison(
                other.size(),
                other.way(),
                base.way(),
                speed,
                ratio(other, base, Sample::cpuSecondsPerGib),
                ratio(other, base, Sample::p99Nanos),
                pValue,
                noise,
                beyond && pValue < Statistics.ERROR_RATE && rounds >= Judge.LEAST_ROUNDS);
    }

    private static double noise(Measured base) {
        Interval speed = base.operationsPerSecond();
        return (speed.high() - speed.low()) / 2 / speed.estimate();
    }

    /** Rounds are in the same order in both, and in each round both had the same positions. */
    private static Interval ratio(Measured other, Measured base, ToDoubleFunction<Sample> figure) {
        return Statistics.ratio(Summaries.each(other.samples(), figure), Summaries.each(base.samples(), figure));
    }
}
