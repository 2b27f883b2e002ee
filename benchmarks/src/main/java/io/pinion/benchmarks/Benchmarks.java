package io.pinion.benchmarks;

import io.pinion.benchmarks.plan.Medium;
import io.pinion.benchmarks.plan.Span;
import io.pinion.benchmarks.plan.Workload;
import io.pinion.benchmarks.plan.Workloads;
import io.pinion.benchmarks.report.Environment;
import io.pinion.benchmarks.report.ReportFiles;
import io.pinion.benchmarks.report.Results;
import io.pinion.benchmarks.rounds.Devices;
import io.pinion.benchmarks.rounds.Peers;
import io.pinion.benchmarks.rounds.Rounds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Measures all workloads and writes the report into a directory, the one argument. */
public final class Benchmarks {
    private static final Span FULL = new Span(4, 1.5);
    private static final Span QUICK = new Span(0.6, 0.4);
    /** With what is built and written before, a quick run takes less than five minutes. */
    private static final Duration QUICK_BUDGET = Duration.ofMinutes(4);

    private static final Duration FULL_BUDGET = Duration.ofDays(1);
    private static final long SIZE = 512L << 20;
    private static final long DEVICE_SIZE = 1L << 30;

    private Benchmarks() {}

    /** Those alone whose names match pinion.benchmarks.only, a regular expression. */
    private static List<Workload> workloads(boolean quick) {
        Pattern only = Pattern.compile(System.getProperty("pinion.benchmarks.only", ".*"));
        return (quick ? Workloads.quick() : Workloads.all())
                .stream()
                        .filter(workload -> only.matcher(workload.name()).matches())
                        .toList();
    }

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        boolean quick = Boolean.getBoolean("pinion.benchmarks.quick");
        int rounds = Integer.getInteger("pinion.benchmarks.rounds", 8);
        Span span = quick ? QUICK : FULL;
        Map<String, String> environment = Environment.now();
        List<Workload> workloads = workloads(quick);
        Set<Medium> media = workloads.stream().map(Workload::medium).collect(Collectors.toSet());
        try (Peers peers = Peers.find(Work.directory());
                Devices devices = Devices.of(media, Work.directory(), DEVICE_SIZE)) {
            environment.putAll(peers.environment());
            environment.putAll(devices.environment());
            Duration budget = quick ? QUICK_BUDGET : FULL_BUDGET;
            Rounds.Outcome outcome = Rounds.run(workloads, rounds, budget, peers, devices, span, SIZE, System.err);
            List<String> more = quick ? List.of() : List.of(SwapPause.run());
            environment.put("load average at the end", Environment.load());
            Results results = new Results(environment, span, quick, outcome, more);
            System.out.println(ReportFiles.write(results, directory));
            System.out.println("Everything is in " + directory.toAbsolutePath() + ": report.md, report.json, *.svg");
        }
    }
}
