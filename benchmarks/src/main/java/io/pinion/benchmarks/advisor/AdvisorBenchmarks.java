package io.pinion.benchmarks.advisor;

import io.pinion.benchmarks.report.Environment;
import io.pinion.benchmarks.rounds.AtExit;
import io.pinion.benchmarks.rounds.Command;
import io.pinion.benchmarks.rounds.HugePages;
import io.pinion.benchmarks.rounds.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Measures what the advisor is worth, and writes the report into a directory, the one argument. */
public final class AdvisorBenchmarks {
    /** 16 MiB, for eight blocks of 1 MiB and what fio adds. */
    private static final int FIOS_PAGES = 8;

    private static final String PHASES = "auto";
    private static final String UNCHANGING = "unchanging";
    private static final String WATCHING = "watching";

    private final Pattern only = Pattern.compile(System.getProperty("pinion.benchmarks.only", ".*"));
    private final Plan plan;
    private final Map<String, String> environment;

    private AdvisorBenchmarks(Plan plan, Map<String, String> environment) {
        this.plan = plan;
        this.environment = environment;
    }

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        String older = System.getProperty("pinion.benchmarks.before", "");
        Path before = older.isEmpty() ? null : Path.of(older);
        Plan plan = Boolean.getBoolean("pinion.benchmarks.quick") ? Plan.quick(before) : Plan.full(before);
        AtExit ending = new AtExit(() -> {});
        AdvisorResults results = new AdvisorBenchmarks(plan, Environment.now()).run();
        // What a signal has cut short is no report.
        if (ending.cancel()) {
            Path directory = Path.of(arguments[0]);
            System.out.println(write(results, directory));
            System.out.println("Everything is in " + directory.toAbsolutePath() + ": report.md, report.json, *.svg");
        }
    }

    private AdvisorResults run() throws IOException, InterruptedException {
        environment.put("fio", fio());
        List<Rig> rigs =
                Rigs.all().stream().filter(rig -> isAsked("rig-" + rig.name())).toList();
        boolean phases = isAsked(PHASES);
        boolean unchanging = isAsked(UNCHANGING);
        boolean watching = isAsked(WATCHING);
        int all = rigs.size() + AutoRuns.count(phases, unchanging) + (watching ? WatchRuns.count(plan) : 0);
        Progress progress = new Progress(System.err, all);
        try (Grounds grounds = new Grounds();
                HugePages pages = new HugePages(FIOS_PAGES)) {
            environment.put("fio's buffers", pages.words());
            RigRun run = new RigRun(grounds, pages.areThere(), plan, progress);
            List<RigResult> results = new ArrayList<>();
            for (Rig rig : rigs) {
                results.add(run.run(rig));
            }
            Optional<AutoResult> auto = phases || unchanging
                    ? Optional.of(new AutoRuns(grounds, plan, progress).run(phases, unchanging))
                    : Optional.empty();
            Optional<WatchResult> watched =
                    watching ? Optional.of(new WatchRuns(grounds, plan, progress).run()) : Optional.empty();
            environment.put("load average at the end", Environment.load());
            return new AdvisorResults(environment, plan, results, auto, watched);
        }
    }

    private boolean isAsked(String part) {
        return only.matcher(part).matches();
    }

    private static String fio() throws InterruptedException {
        try {
            return Command.run(List.of("fio", "--version")).strip();
        } catch (IOException e) {
            return "missing: " + e.getMessage();
        }
    }

    /** {@return the tables of goals} */
    private static String write(AdvisorResults results, Path directory) throws IOException {
        Files.createDirectories(directory);
        Map<String, String> pictures = new LinkedHashMap<>();
        if (results.auto().isPresent()) {
            AutoResult auto = results.auto().get();
            for (int i = 0; i < auto.passes().size(); i++) {
                String file = "auto-" + (i + 1) + ".svg";
                Files.writeString(
                        directory.resolve(file), Timelines.phases(auto.passes().get(i)));
                pictures.put(file, "auto beside the fixed choices, over time");
            }
            for (int i = 0; i < auto.unchanging().size(); i++) {
                String file = "unchanging-" + (i + 1) + ".svg";
                Files.writeString(
                        directory.resolve(file),
                        Timelines.unchanging(auto.unchanging().get(i)));
                pictures.put(file, "auto on a load that does not change");
            }
        }
        Files.writeString(directory.resolve("report.json"), AdvisorJson.of(results));
        Files.writeString(directory.resolve("report.md"), AdvisorMarkdown.of(results, pictures));
        return AdvisorMarkdown.goals(results);
    }
}
