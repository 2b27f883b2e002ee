package io.pinion.benchmarks.advisor;

import io.pinion.benchmarks.rounds.Command;
import io.pinion.benchmarks.rounds.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays the same load on auto and on each fixed choice in turn, each with little memory of its own, and once more in the reverse order:
 * what changes by itself meanwhile, as a host's cache that warms up, is neither's win. For one thread.
 */
final class AutoRuns {
    /** The one that is measured has its turn between the others. */
    private static final List<List<String>> PASSES =
            List.of(List.of("buffered", AutoResult.AUTO, "direct"), List.of("direct", AutoResult.AUTO, "buffered"));

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = 7;

    private final Grounds grounds;
    private final Plan plan;
    private final Progress progress;

    AutoRuns(Grounds grounds, Plan plan, Progress progress) {
        this.grounds = grounds;
        this.plan = plan;
        this.progress = progress;
    }

    /** {@return how many runs there are} */
    static int count(boolean phases, boolean unchanging) {
        return (phases ? PASSES.stream().mapToInt(List::size).sum() : 0) + (unchanging ? 2 : 0);
    }

    /** {@return what came of it} */
    AutoResult run(boolean phases, boolean unchanging) throws InterruptedException {
        List<Map<String, Timeline>> passes = new ArrayList<>();
        List<Timeline> unchanged = new ArrayList<>();
        try {
            if (phases) {
                List<Phase> all = List.of(
                        new Phase(Phase.Kind.HOT, plan.phase()),
                        new Phase(Phase.Kind.COLD, plan.phase()),
                        new Phase(Phase.Kind.HOT, plan.phase()));
                for (List<String> choices : PASSES) {
                    passes.add(pass(choices, all));
                }
            }
            if (unchanging) {
                for (Phase.Kind kind : List.of(Phase.Kind.HOT, Phase.Kind.COLD_SINGLE)) {
                    progress.next("unchanging, " + kind.title());
                    unchanged.add(run(AutoResult.AUTO, List.of(new Phase(kind, plan.unchanging()))));
                }
            }
            return new AutoResult("", passes, unchanged);
        } catch (IOException e) {
            return new AutoResult(e.getMessage(), List.of(), unchanged);
        }
    }

    private Map<String, Timeline> pass(List<String> choices, List<Phase> phases)
            throws IOException, InterruptedException {
        Map<String, Timeline> timelines = new LinkedHashMap<>();
        for (String choice : choices) {
            progress.next("phases, " + choice);
            timelines.put(choice, run(choice, phases));
        }
        return timelines;
    }

    private Timeline run(String choice, List<Phase> phases) throws IOException, InterruptedException {
        Path file = grounds.file();
        try (ControlGroup group = ControlGroup.of(ControlGroup.ROOT, Rigs.MEMORY)) {
            List<String> command =
                    Command.java(OneRun.class, plan.options(), OneRun.arguments(choice, file, SEED, phases));
            Duration length = phases.stream().map(Phase::length).reduce(PATIENCE, Duration::plus);
            return Timeline.parse(phases, Command.run(group.command(command), length));
        }
    }
}
