package io.pinion.benchmarks.advisor;

import io.pinion.advisor.auto.AutoChooser;
import io.pinion.benchmarks.Strategies;
import io.pinion.linux.libc.LibC;
import io.pinion.memory.BufferPool;
import io.pinion.volume.Pinion;
import io.pinion.volume.SwapReport;
import io.pinion.volume.Volume;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Phases of load on one volume with one choice of strategy, in a virtual machine of its own; prints what was done in each second,
 * each swap, and why at the end of each phase, as {@link Timeline} reads it.
 */
final class OneRun {
    private static final String NAME = "phased";
    private static final double SECOND = 1e9;

    private final Pinion pinion;
    private final List<Phase> phases;
    private final long[] bytes;
    private long begin;

    private OneRun(Pinion pinion, List<Phase> phases) {
        this.pinion = pinion;
        this.phases = phases;
        bytes = new long[phases.stream().mapToInt(Phase::seconds).sum()];
    }

    /** {@return the arguments of {@link #main}} */
    static List<String> arguments(String strategy, Path file, long seed, List<Phase> phases) {
        return Stream.concat(
                        Stream.of(strategy, file.toString(), Long.toString(seed)),
                        phases.stream().map(Phase::text))
                .toList();
    }

    /** See the class. */
    public static void main(String[] arguments) throws Exception {
        List<Phase> phases = Stream.of(arguments).skip(3).map(Phase::of).toList();
        try (Pinion pinion = Strategies.start()) {
            pinion.chooser(new AutoChooser());
            pinion.configure(NAME, Map.of("target", arguments[1], "strategy", arguments[0], "access", "read-only"));
            new OneRun(pinion, phases).run(Plain.pool(new LibC()), Long.parseLong(arguments[2]));
        }
    }

    private void run(BufferPool pool, long seed) throws Exception {
        Volume volume = pinion.volume(NAME, Duration.ofSeconds(10));
        Instant started = Instant.now();
        begin = System.nanoTime();
        long end = begin;
        for (int number = 0; number < phases.size(); number++) {
            Phase phase = phases.get(number);
            end += phase.length().toNanos();
            try (PhaseLoad load = PhaseLoad.of(phase.kind(), volume, pool, seed + number)) {
                play(load, end);
            }
            for (String sentence : pinion.admin().why(NAME)) {
                System.out.println(Timeline.WHY + '\t' + number + '\t' + sentence);
            }
        }
        for (int second = 0; second < bytes.length; second++) {
            System.out.println(Timeline.SECOND + '\t' + second + '\t' + bytes[second]);
        }
        List<SwapReport> swaps = new ArrayList<>(pinion.admin().history(NAME));
        Collections.reverse(swaps);
        swaps.stream()
                .filter(swap -> swap.outcome() == SwapReport.Outcome.PUBLISHED
                        && swap.at().isAfter(started))
                .forEach(swap -> System.out.println(Timeline.SWAP
                        + '\t'
                        + Duration.between(started, swap.at()).toMillis()
                        + '\t'
                        + swap.from()
                        + '\t'
                        + swap.to()
                        + '\t'
                        + swap.cause()));
    }

    private void play(PhaseLoad load, long end) throws Exception {
        long now = System.nanoTime();
        while (now - end < 0) {
            long done = load.pass();
            now = System.nanoTime();
            bytes[(int) Math.min(bytes.length - 1, (now - begin) / SECOND)] += done;
        }
    }
}
