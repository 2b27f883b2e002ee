package io.pinion.advisor.report;

import static io.pinion.advisor.report.Quantities.MIB;
import static io.pinion.advisor.report.Quantities.MICROS;

import io.pinion.advisor.Advice;
import io.pinion.advisor.Comparison;
import io.pinion.advisor.Interval;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Way;
import io.pinion.advisor.chart.LineChart;
import io.pinion.advisor.chart.RangeChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** The pictures of an advice; one is left out where there is nothing to draw. */
final class Plots {
    private static final int WIDTH = 540;
    private static final int LABELS = 200;
    private static final int TEXTS = 84;

    private final Advice advice;
    private final boolean severalSizes;

    Plots(Advice advice) {
        this.advice = advice;
        this.severalSizes = Figures.sizes(advice).size() > 1;
    }

    /** A picture: its title, what to see in it, and itself. */
    record Plot(String title, String caption, String svg) {}

    /** {@return where direct begins to win, if anywhere} */
    Optional<Plot> crossover() {
        if (advice.comparisons().isEmpty()) {
            return Optional.empty();
        }
        String title = severalSizes ? "The crossover" : "Beside buffered";
        String axis = "operations/s, ratio to buffered (more is faster)";
        String svg = severalSizes ? ratiosBySize(title, axis) : ratios(title, axis);
        return Optional.of(new Plot(
                title,
                "Speed as a multiple of the buffered way’s. Thin lines across marks are 95 % intervals: only one that is"
                        + " wholly on the faster side of 1 is a win.",
                svg));
    }

    private String ratiosBySize(String title, String axis) {
        LineChart chart = new LineChart("request size", axis, true, WIDTH, Quantities::size);
        for (Way way : Way.values()) {
            List<LineChart.Point> points = advice.comparisons().stream()
                    .filter(comparison -> comparison.way() == way)
                    .map(comparison -> point(comparison.size(), comparison.speed(), 1))
                    .toList();
            add(chart, way, points);
        }
        return chart.inline(title);
    }

    private String ratios(String title, String axis) {
        RangeChart chart = new RangeChart(axis, RangeChart.Kind.RATIO, WIDTH, LABELS, TEXTS);
        List<RangeChart.Range> ranges = new ArrayList<>();
        for (Comparison comparison : advice.comparisons()) {
            Interval speed = comparison.speed();
            ranges.add(range(comparison.way(), speed, 1, Quantities.ratio(speed.estimate())));
        }
        chart.add(new RangeChart.Group("", ranges));
        return chart.inline(title);
    }

    /** {@return all others} */
    List<Plot> others() {
        List<Plot> plots = new ArrayList<>();
        if (advice.figures().isEmpty()) {
            return plots;
        }
        plots.add(throughput());
        plots.add(latencies());
        plots.add(processor());
        if (Figures.hasCacheGrowth(advice)) {
            plots.add(bars(
                    "Page-cache growth",
                    "What a round left in the page cache, where it takes the place of something else.",
                    "MiB per round (less is better for others)",
                    measured -> true,
                    Measured::cacheGrowth,
                    MIB,
                    Quantities::bytes));
        }
        if (advice.figures().stream().anyMatch(Figures::hasOthers)) {
            plots.add(bars(
                    "Damage to others",
                    "How much slower a hot reader, whose data were in the page cache, became beside it.",
                    "% of the hot reader’s speed lost (less is better)",
                    Figures::hasOthers,
                    Measured::damage,
                    0.01,
                    Quantities::percent));
        }
        return plots;
    }

    private Plot throughput() {
        return bySize(
                "Throughput",
                "Estimates over the rounds; thin lines across marks are 95 % intervals.",
                "MiB/s (more is better)",
                Measured::bytesPerSecond,
                MIB,
                Quantities::bytesPerSecond);
    }

    private Plot processor() {
        return bySize(
                "Processor time",
                "What a GiB costs the processors, in all threads of the process and in the kernel on their behalf.",
                "seconds of processor time per GiB (less is better)",
                Measured::cpuSecondsPerGib,
                1,
                value -> Quantities.seconds(value) + " s");
    }

    /** Lines where there are several sizes, else bars. */
    private Plot bySize(
            String title,
            String caption,
            String axis,
            Function<Measured, Interval> figure,
            double unit,
            DoubleFunction<String> text) {
        if (!severalSizes) {
            return bars(title, caption, axis, measured -> true, figure, unit, text);
        }
        LineChart chart = new LineChart("request size", axis, false, WIDTH, Quantities::size);
        for (Way way : Way.values()) {
            List<LineChart.Point> points = Figures.sizes(advice).stream()
                    .flatMap(size -> Figures.of(advice, size).stream())
                    .filter(measured -> measured.way() == way)
                    .map(measured -> point(measured.size(), figure.apply(measured), unit))
                    .toList();
            add(chart, way, points);
        }
        return new Plot(title + " by request size", caption, chart.inline(title + " by request size"));
    }

    private Plot latencies() {
        RangeChart chart = new RangeChart(
                "µs, equal steps are equal ratios (less is better)", RangeChart.Kind.LOGARITHMIC, WIDTH, LABELS, TEXTS);
        each((title, all) -> chart.add(new RangeChart.Group(
                title,
                all.stream()
                        .map(measured -> new RangeChart.Range(
                                Phrases.label(measured.way()),
                                measured.p50Nanos().estimate() / MICROS,
                                measured.p99Nanos().estimate() / MICROS,
                                measured.p999Nanos().estimate() / MICROS,
                                Double.NaN,
                                Phrases.look(measured.way()),
                                Quantities.nanos(measured.p99Nanos().estimate())))
                        .toList())));
        return new Plot(
                "Latency",
                "From p50 (left end) by p99 (mark, and the figure at the right) to p99.9 (right end).",
                chart.inline("Latency"));
    }

    private Plot bars(
            String title,
            String caption,
            String axis,
            Predicate<Measured> which,
            Function<Measured, Interval> figure,
            double unit,
            DoubleFunction<String> text) {
        RangeChart chart = new RangeChart(axis, RangeChart.Kind.LINEAR, WIDTH, LABELS, TEXTS);
        each((head, all) -> chart.add(new RangeChart.Group(
                head,
                all.stream()
                        .filter(which)
                        .map(measured -> range(
                                measured.way(),
                                figure.apply(measured),
                                unit,
                                text.apply(figure.apply(measured).estimate())))
                        .toList())));
        return new Plot(title, caption, chart.inline(title));
    }

    private interface Group {
        void of(String title, List<Measured> all);
    }

    private void each(Group group) {
        for (int size : Figures.sizes(advice)) {
            group.of(severalSizes ? Quantities.size(size) : "", Figures.of(advice, size));
        }
    }

    private static RangeChart.Range range(Way way, Interval figure, double unit, String text) {
        return new RangeChart.Range(
                Phrases.label(way),
                figure.low() / unit,
                figure.estimate() / unit,
                figure.high() / unit,
                Double.NaN,
                Phrases.look(way),
                text);
    }

    private static LineChart.Point point(int size, Interval figure, double unit) {
        return new LineChart.Point(size, figure.low() / unit, figure.estimate() / unit, figure.high() / unit);
    }

    private static void add(LineChart chart, Way way, List<LineChart.Point> points) {
        if (!points.isEmpty()) {
            chart.add(new LineChart.Series(Phrases.label(way), Phrases.look(way), points));
        }
    }
}
