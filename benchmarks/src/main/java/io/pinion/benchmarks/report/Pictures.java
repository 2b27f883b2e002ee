package io.pinion.benchmarks.report;

import io.pinion.advisor.chart.Look;
import io.pinion.advisor.chart.RangeChart;
import io.pinion.benchmarks.plan.Figure;
import io.pinion.benchmarks.plan.Goal;
import io.pinion.benchmarks.plan.Kind;
import io.pinion.benchmarks.plan.Medium;
import io.pinion.benchmarks.plan.Pattern;
import io.pinion.benchmarks.plan.Shape;
import io.pinion.benchmarks.plan.Workload;
import io.pinion.benchmarks.rounds.Measured;
import io.pinion.benchmarks.rounds.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The pictures of a report. */
final class Pictures {
    private static final double MICROS = 1e3;

    /** A picture: what it shows, and the picture itself. */
    record Picture(String title, String svg) {}

    private final List<Measured> workloads;
    private final Map<String, Picture> all = new LinkedHashMap<>();

    private Pictures(List<Measured> workloads) {
        this.workloads = workloads;
    }

    /** {@return pictures by file name} */
    static Map<String, Picture> of(List<Measured> workloads) {
        Pictures pictures = new Pictures(workloads.stream()
                .filter(measured -> !measured.titles().isEmpty())
                .toList());
        pictures.ratios(Figure.RATE, "ratio-speed.svg", "Speed, Pinion to its peers", "more is better");
        pictures.ratios(
                Figure.CPU, "ratio-cpu.svg", "Processor time per operation, Pinion to its peers", "less is better");
        pictures.bars("random", "4 KiB at random, direct", Medium.FILE, Pictures::isSmallDirect);
        pictures.bars("sequential", "1 MiB sequential", Medium.FILE, Shape::isLarge);
        pictures.bars("memory", "What memory answers", Medium.FILE, shape -> !isSmallDirect(shape) && !shape.isLarge());
        for (Medium medium : List.of(Medium.LOOP, Medium.ZRAM)) {
            pictures.bars(
                    medium.word() + "-random", "4 KiB at random" + medium.where(), medium, shape -> !shape.isLarge());
            pictures.bars(medium.word() + "-sequential", "1 MiB sequential" + medium.where(), medium, Shape::isLarge);
        }
        pictures.latencies();
        return pictures.all;
    }

    private static boolean isSmallDirect(Shape shape) {
        return shape.pattern() == Pattern.RANDOM && shape.kind() != Kind.NOP;
    }

    private void ratios(Figure figure, String file, String title, String better) {
        RangeChart chart = ranges("ratio, " + better, RangeChart.Kind.RATIO);
        for (Measured measured : workloads) {
            Comparison comparison = new Comparison(measured);
            List<RangeChart.Range> ranges = new ArrayList<>();
            for (String way : measured.titles()) {
                if (!way.equals(measured.workload().own().title())) {
                    double goal = goal(measured.workload(), figure, way);
                    int series = way.equals(Workload.AGAIN) ? 2 : 0;
                    comparison
                            .ratio(figure, way)
                            .ifPresent(r -> ranges.add(range(way, r.low(), r.median(), r.high(), goal, series)));
                }
            }
            chart.add(new RangeChart.Group(measured.workload().title(), ranges));
        }
        String legend = "Dot: median of per-round ratios; line: interval; Pinion again: the A/A pair; red: the goal.";
        all.put(file, new Picture(title, chart.svg(title, legend)));
    }

    private static RangeChart ranges(String axis, RangeChart.Kind kind) {
        return new RangeChart(axis, kind, 860, 330, 40);
    }

    private static RangeChart.Range range(String label, double low, double dot, double high, double goal, int series) {
        return new RangeChart.Range(label, low, dot, high, goal, Look.dots(series), "");
    }

    private static double goal(Workload workload, Figure figure, String way) {
        return workload.goals().stream()
                .filter(goal ->
                        goal.figure() == figure && goal.against().title().equals(way))
                .mapToDouble(Goal::ratio)
                .findFirst()
                .orElse(Double.NaN);
    }

    private void bars(String name, String title, Medium medium, Predicate<Shape> which) {
        List<Measured> shown = workloads.stream()
                .filter(measured -> measured.workload().medium() == medium
                        && which.test(measured.workload().shape()))
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        boolean large = shown.get(0).workload().shape().isLarge();
        double megabytes = shown.get(0).workload().shape().block() / 1e6;
        bars(
                name + "-speed.svg",
                title + ": speed",
                large ? "MB/s, more is better" : "operations per second, more is better",
                shown,
                sample -> sample.rate() * (large ? megabytes : 1));
        bars(
                name + "-cpu.svg",
                title + ": processor time",
                large
                        ? "µs of processor time per MiB, less is better"
                        : "ns of processor time per operation, less is better",
                shown,
                sample -> sample.cpu() / (large ? MICROS : 1));
    }

    private void bars(String file, String title, String unit, List<Measured> shown, ToDoubleFunction<Sample> value) {
        BarChart chart = new BarChart(title, unit);
        for (Measured measured : shown) {
            Comparison comparison = new Comparison(measured);
            chart.add(new BarChart.Group(
                    measured.workload().title(),
                    comparison.titles().stream()
                            .map(way -> new BarChart.Bar(way, comparison.median(way, value)))
                            .toList()));
        }
        all.put(file, new Picture(title, chart.svg()));
    }

    private void latencies() {
        RangeChart chart = ranges("µs, less is better", RangeChart.Kind.LOGARITHMIC);
        for (Measured measured : workloads) {
            Comparison comparison = new Comparison(measured);
            List<RangeChart.Range> ranges = new ArrayList<>();
            for (String way : comparison.titles()) {
                double p50 = comparison.median(way, Sample::p50) / MICROS;
                double p99 = comparison.median(way, Sample::p99) / MICROS;
                double p999 = comparison.median(way, Sample::p999) / MICROS;
                if (!Double.isNaN(p99)) {
                    int series = way.equals(measured.workload().own().title()) ? 0 : 1;
                    ranges.add(range(way, p50, p99, Double.isNaN(p999) ? p99 : p999, Double.NaN, series));
                }
            }
            chart.add(new RangeChart.Group(measured.workload().title(), ranges));
        }
        String legend =
                "From p50 (left end) by p99 (dot) to p99.9 (right end; none where too few operations were timed).";
        all.put("latency.svg", new Picture("Latency", chart.svg("Latency", legend)));
    }
}
