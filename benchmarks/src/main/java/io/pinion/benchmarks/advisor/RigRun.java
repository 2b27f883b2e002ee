package io.pinion.benchmarks.advisor;

import io.pinion.benchmarks.advisor.FioJob.Way;
import io.pinion.benchmarks.rounds.Command;
import io.pinion.benchmarks.rounds.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Asks the advisor about a rig, and fio, half of its rounds before and half after that. For one thread. */
final class RigRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Grounds grounds;
    private final boolean huge;
    private final Plan plan;
    private final Progress progress;
    private final Random random = new Random();

    /** @param huge whether there are huge pages for fio */
    RigRun(Grounds grounds, boolean huge, Plan plan, Progress progress) {
        this.grounds = grounds;
        this.huge = huge;
        this.plan = plan;
        this.progress = progress;
    }

    /** {@return what came of it} */
    RigResult run(Rig rig) throws InterruptedException {
        progress.next(rig.name());
        try {
            Path target = grounds.target(rig.ground());
            Path others = rig.beside() ? grounds.others() : target;
            if (!rig.scarce()) {
                return run(rig, target, others, command -> command);
            }
            try (ControlGroup group = ControlGroup.of(ControlGroup.ROOT, Rigs.MEMORY)) {
                if (rig.isSlow()) {
                    group.slow(Grounds.number(target), rig.bytesPerSecond());
                }
                return run(rig, target, others, group::command);
            }
        } catch (IOException e) {
            return RigResult.missing(rig, e.getMessage());
        }
    }

    /** Where a command runs. */
    private interface Inside {
        List<String> command(List<String> command);
    }

    private RigResult run(Rig rig, Path target, Path others, Inside inside) throws IOException, InterruptedException {
        FioRanking ranking = FioRanking.empty();
        int before = plan.fioRounds() / 2;
        List<Way> ways = ways(rig, target, inside, ranking);
        fio(rig, target, others, inside, ranking, ways, before);
        List<String> command =
                Command.java(OneAdvice.class, plan.options(), OneAdvice.arguments(rig, target, plan.budget(rig)));
        Advised advised = Advised.parse(
                Command.run(inside.command(command), plan.budget(rig).plus(PATIENCE)));
        fio(rig, target, others, inside, ranking, ways, plan.fioRounds() - before);
        return new RigResult(rig, "", Optional.of(advised), ranking);
    }

    /** A way that fails at once can't be gone here: an older fio knows nothing of this kernel's uncached reads, for one. */
    private List<Way> ways(Rig rig, Path target, Inside inside, FioRanking ranking) throws InterruptedException {
        List<Way> ways = new ArrayList<>();
        for (Way way : Way.values()) {
            try {
                load(rig, way, target, inside, plan.trialSeconds());
                ways.add(way);
            } catch (IOException e) {
                ranking.lacks(way, e.getMessage());
            }
        }
        return ways;
    }

    private void fio(Rig rig, Path target, Path others, Inside inside, FioRanking ranking, List<Way> ways, int rounds)
            throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            List<Way> order = new ArrayList<>(ways);
            Collections.shuffle(order, random);
            double alone = rig.beside() && !ways.isEmpty() ? alone(others, inside) : 1;
            for (Way way : order) {
                FioJob load = load(rig, way, target, inside, plan.seconds(rig));
                ranking.add(way, load, rig.beside() ? beside(rig, way, target, others, inside) / alone : 1);
            }
        }
    }

    /** {@return what the reader beside a load does alone} */
    private double alone(Path others, Inside inside) throws IOException, InterruptedException {
        return other(FioJob.alone(others, plan.fioSeconds() / 2), inside);
    }

    /** {@return what it does beside it} As the advisor asks, by runs of their own. */
    private double beside(Rig rig, Way way, Path target, Path others, Inside inside)
            throws IOException, InterruptedException {
        return other(FioJob.beside(rig, way, target, others, plan.fioSeconds() / 2, huge), inside);
    }

    private static double other(List<String> command, Inside inside) throws IOException, InterruptedException {
        return FioJob.parse(Command.run(inside.command(command)))
                .get(FioJob.OTHER)
                .rate();
    }

    private FioJob load(Rig rig, Way way, Path target, Inside inside, double seconds)
            throws IOException, InterruptedException {
        List<String> command = FioJob.command(rig, way, target, seconds, huge);
        return FioJob.parse(Command.run(inside.command(command))).get(FioJob.LOAD);
    }
}
