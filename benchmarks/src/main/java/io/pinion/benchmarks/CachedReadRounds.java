package io.pinion.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Rounds of {@link CachedRead}: each round measures every way once, in a fresh virtual machine each, in random order. */
final class CachedReadRounds {
    private static final List<String> WAYS = List.of("channel", "channelAgain", "volume");
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    private final Map<String, List<Double>> nanos = new HashMap<>();
    private final Map<String, Double> allocation = new HashMap<>();

    static String run(int rounds) throws RunnerException {
        StringBuilder text = new StringBuilder("## Cached 4 KiB reads\n\n")
                .append("Ratio of speed to a bare FileChannel with the same direct buffer (more is faster), median of")
                .append(
                        " per-round ratios with the 95 % interval. The A/A pair is the bare channel against itself. Bytes are what JMH's")
                .append(" profiler counts, its own threads included.\n\n")
                .append(
                        "| threads | A/A | volume / channel | channel ns/op | volume ns/op | channel bytes/op | volume bytes/op |\n")
                .append("|---|---|---|---|---|---|---|\n");
        for (int threads : new int[] {1, 2}) {
            text.append(new CachedReadRounds().row(threads, rounds));
        }
        return text.append('\n').toString();
    }

    private String row(int threads, int rounds) throws RunnerException {
        Random random = new Random(threads);
        for (int round = 0; round < rounds; round++) {
            List<String> order = new ArrayList<>(WAYS);
            Collections.shuffle(order, random);
            for (String way : order) {
                measure(way, threads);
            }
            System.err.printf(Locale.ROOT, "cached reads, %d threads: round %d of %d%n", threads, round + 1, rounds);
        }
        return String.format(
                Locale.ROOT,
                "| %d | %s | %s | %.0f | %.0f | %.2f | %.2f |%n",
                threads,
                ratio("channelAgain"),
                ratio("volume"),
                medianOf("channel"),
                medianOf("volume"),
                allocation.get("channel"),
                allocation.get("volume"));
    }

    private void measure(String way, int threads) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(CachedRead.class.getName() + "\\." + way + "$")
                .forks(1)
                .threads(threads)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(700))
                .verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class)
                .build();
        RunResult result = new Runner(options).runSingle();
        nanos.computeIfAbsent(way, w -> new ArrayList<>())
                .add(result.getPrimaryResult().getScore());
        allocation.merge(way, result.getSecondaryResults().get(ALLOCATION).getScore(), Math::min);
    }

    private Ratio ratio(String way) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < nanos.get(way).size(); i++) {
            ratios.add(nanos.get("channel").get(i) / nanos.get(way).get(i));
        }
        return Ratio.of(ratios);
    }

    private double medianOf(String way) {
        return Ratio.median(
                nanos.get(way).stream().mapToDouble(Double::doubleValue).toArray());
    }
}
