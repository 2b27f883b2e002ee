package io.pinion.benchmarks.report;

import io.pinion.benchmarks.plan.Goal;
import io.pinion.benchmarks.plan.Shape;
import io.pinion.benchmarks.plan.Way;
import io.pinion.benchmarks.plan.Workload;
import io.pinion.benchmarks.rounds.FirstUse;
import io.pinion.benchmarks.rounds.Measured;
import io.pinion.benchmarks.rounds.Rounds;
import io.pinion.benchmarks.rounds.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a goal was met.
 *
 * @param what was measured
 * @param against the peer, or empty
 * @param goal what was to be reached
 * @param measured what was reached
 * @param noise of the A/A pair, or empty
 * @param outcome whether that will do
 */
record Verdict(String what, String against, String goal, String measured, String noise, Outcome outcome) {
    private static final double FIRST_USE_MILLIS = 150;
    /** What is allocated per operation is many bytes; less than this is the virtual machine's own now and then. */
    private static final double NO_BYTES = 0.01;

    /** More noise than this hides what is to be told. */
    private static final double LOUD = 0.2;

    /** What can come of a goal. */
    enum Outcome {
        MET,
        MISSED,
        /** Pinion differs too much from itself. */
        UNCLEAR,
        /** The peer is missing. */
        UNKNOWN;

        static Outcome of(boolean met) {
            return met ? MET : MISSED;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static List<Verdict> all(Rounds.Outcome outcome) {
        List<Verdict> all = new ArrayList<>();
        for (Measured measured : outcome.workloads()) {
            for (Goal goal : measured.workload().goals()) {
                all.add(of(new Comparison(measured), goal));
            }
        }
        allocation(outcome.workloads()).ifPresent(all::add);
        all.add(firstUse(outcome.firstUse()));
        return all;
    }

    private static Verdict of(Comparison comparison, Goal goal) {
        boolean more = goal.figure().isMoreBetter();
        double noise = comparison.noise(goal.figure());
        Optional<Ratio> ratio = comparison.ratio(goal.figure(), goal.against().title());
        return new Verdict(
                comparison.measured().workload().title() + ", " + goal.figure().title(),
                goal.against().title(),
                String.format(Locale.ROOT, "%s %.2f", more ? "≥" : "≤", goal.ratio()),
                ratio.map(Ratio::toString).orElse("–"),
                Double.isNaN(noise) ? "–" : String.format(Locale.ROOT, "± %.3f", noise),
                ratio.map(r -> noise > LOUD ? Outcome.UNCLEAR : Outcome.of(r.meets(goal.ratio(), more, noise)))
                        .orElse(Outcome.UNKNOWN));
    }

    /** Of all that one thread does through queue and volume, without flushes in between. */
    private static Optional<Verdict> allocation(List<Measured> workloads) {
        return workloads.stream()
                .filter(measured ->
                        isSteady(measured.workload()) && !measured.titles().isEmpty())
                .map(measured -> new Comparison(measured)
                        .median(measured.workload().own().title(), Sample::allocated))
                .max(Double::compare)
                .map(bytes -> new Verdict(
                        "bytes allocated per operation, the most of all queues and single threads",
                        "",
                        "0",
                        String.format(Locale.ROOT, "%.4f", bytes),
                        "",
                        Outcome.of(bytes < NO_BYTES)));
    }

    private static boolean isSteady(Workload workload) {
        Shape shape = workload.shape();
        return !shape.isLarge() && (workload.own() == Way.QUEUE || workload.own() == Way.VOLUME && shape.depth() == 1);
    }

    private static Verdict firstUse(FirstUse use) {
        Ratio millis = Ratio.of(use.first().stream().map(nanos -> nanos / 1e6).toList());
        double again = Ratio.median(
                use.second().stream().mapToDouble(Double::doubleValue).toArray());
        double inC =
                Ratio.median(use.inC().stream().mapToDouble(Double::doubleValue).toArray());
        return new Verdict(
                "first lease of a pool, 256 MiB",
                Double.isNaN(inC) ? "" : String.format(Locale.ROOT, "(C takes %.0f ms)", inC / 1e6),
                "< 150 ms, once",
                String.format(
                        Locale.ROOT,
                        "%.0f ms (%.0f–%.0f), the second %.3f ms",
                        millis.median(),
                        millis.low(),
                        millis.high(),
                        again / 1e6),
                "",
                Outcome.of(millis.median() < FIRST_USE_MILLIS));
    }
}
