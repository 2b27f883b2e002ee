package io.pinion.advisor.judge;

import io.pinion.advisor.Comparison;
import io.pinion.advisor.Load;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import io.pinion.advisor.Way;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Samples that are made up: a steady way has so many operations a second, give or take a promille. */
final class Made {
    static final int ROUNDS = 8;
    static final int SIZE = 4096;

    private static final double CPU = 1000;

    private int rounds = ROUNDS;
    private double cpu = CPU;
    private double damage = 0.1;
    private double wobble = 0.001;

    static Made steady() {
        return new Made();
    }

    Made rounds(int count) {
        rounds = count;
        return this;
    }

    /** Processor time for a request, beside the usual. */
    Made cpu(double times) {
        cpu = CPU * times;
        return this;
    }

    Made damage(double part) {
        damage = part;
        return this;
    }

    /** How far each round is off, up and down in turn. */
    Made wobbling(double part) {
        wobble = part;
        return this;
    }

    Measured of(Way way, double perSecond) {
        return of(SIZE, way, perSecond);
    }

    Measured of(int size, Way way, double perSecond) {
        List<Sample> samples = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double off = 1 + wobble * (round % 2 == 0 ? 1 : -1) * (1 + round % 3);
            long operations = Math.round(100 * perSecond * off);
            samples.add(new Sample(
                    round,
                    operations,
                    operations * size,
                    100_000_000_000L,
                    Math.round(operations * cpu * (2 - off)),
                    1000,
                    2000,
                    3000,
                    0,
                    1e6,
                    1e6 * (1 - damage * (2 - off))));
        }
        return Summaries.of(size, way, "mode", samples);
    }

    static Load load(int depth, int... sizes) {
        List<Integer> all = new ArrayList<>();
        for (int size : sizes) {
            all.add(size);
        }
        return new Load(all.isEmpty() ? List.of(SIZE) : all, 0, false, depth, 0);
    }

    /** The judgement of what was measured, held against buffered cold. */
    static Judgement judged(Measured... figures) {
        return judged(load(1), List.of(figures));
    }

    static Judgement judged(Load load, List<Measured> figures) {
        List<Comparison> comparisons = Comparisons.of(figures, Way.BUFFERED_COLD);
        int rounds =
                figures.stream().mapToInt(each -> each.samples().size()).min().orElse(0);
        return Judge.judge(
                load, Way.BUFFERED_COLD, rounds, ways(figures), figures, comparisons, List.of("Not measured: others."));
    }

    private static Set<Way> ways(Collection<Measured> figures) {
        return figures.stream().map(Measured::way).collect(Collectors.toSet());
    }
}
