package io.pinion.benchmarks.plan;

import static io.pinion.benchmarks.plan.Figure.CPU;
import static io.pinion.benchmarks.plan.Figure.RATE;

import java.util.ArrayList;
import java.util.List;

/** All workloads, with the goals of Pinion's first release. */
public final class Workloads {
    private static final int SMALL = 4096;
    private static final int LARGE = 1 << 20;
    private static final int MIDDLE = 8;
    private static final int TAPE_MIDDLE = 256 << 10;
    private static final int DEEP = 32;

    private Workloads() {}

    /** {@return them, in the order of the report} */
    public static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        for (Kind kind : List.of(Kind.READ, Kind.WRITE)) {
            all.add(queued(kind, 1, 1, List.of()));
            all.add(queued(kind, MIDDLE, 2, List.of()));
            all.add(queued(kind, DEEP, 8, deepGoals()));
        }
        all.add(synchronous(Kind.READ, List.of(new Goal(CPU, Way.CHANNEL_LEASED, 1.05))));
        all.add(synchronous(Kind.WRITE, List.of()));
        all.add(large(
                Kind.READ, List.of(new Goal(RATE, Way.CHANNEL_DIRECT, 2), new Goal(CPU, Way.CHANNEL_DIRECT, 1 / 3.0))));
        all.add(large(Kind.WRITE, List.of()));
        all.add(new Workload(
                "cached-queue",
                "4 KiB reads that the page cache answers, depth 32",
                Medium.FILE,
                new Shape(Kind.READ, Pattern.CACHED, SMALL, DEEP, 8),
                Way.QUEUE,
                List.of(Way.C, Way.FIO),
                List.of(new Goal(RATE, Way.C, 0.95))));
        all.add(cached(1, 0.97));
        all.add(cached(2, 1));
        all.add(new Workload(
                "nop",
                "The ring alone: NOP, batches of 32",
                Medium.FILE,
                new Shape(Kind.NOP, Pattern.RANDOM, SMALL, DEEP, DEEP),
                Way.RING,
                List.of(Way.C, Way.OWNER_BOUND_RING),
                List.of(new Goal(RATE, Way.C, 0.9))));
        all.addAll(DeviceWorkloads.all());
        all.addAll(TapeWorkloads.all());
        return List.copyOf(all);
    }

    /** {@return those of a quick run: all but depth 8, two threads, records of 256 KiB, and what has no goal on a device} */
    public static List<Workload> quick() {
        return all().stream()
                .filter(workload ->
                        workload.shape().depth() != MIDDLE && !workload.name().equals("cached-2"))
                .filter(workload ->
                        workload.medium() != Medium.TAPE || workload.shape().block() != TAPE_MIDDLE)
                .filter(workload ->
                        workload.medium() == Medium.FILE || !workload.goals().isEmpty())
                .toList();
    }

    private static List<Goal> deepGoals() {
        return List.of(new Goal(RATE, Way.FIO, 1), new Goal(CPU, Way.FIO, 0.85), new Goal(CPU, Way.C, 1.1));
    }

    private static Workload queued(Kind kind, int depth, int batch, List<Goal> goals) {
        return new Workload(
                kind.word() + "-4k-" + depth,
                "4 KiB random direct " + kind.word() + "s, depth " + depth,
                Medium.FILE,
                new Shape(kind, Pattern.RANDOM, SMALL, depth, batch),
                Way.QUEUE,
                List.of(Way.C, Way.FIO),
                goals);
    }

    private static Workload synchronous(Kind kind, List<Goal> goals) {
        return new Workload(
                kind.word() + "-4k-synchronous",
                "4 KiB random direct " + kind.word() + "s, synchronous, one thread",
                Medium.FILE,
                new Shape(kind, Pattern.RANDOM, SMALL, 1, 1),
                Way.VOLUME,
                List.of(Way.CHANNEL_LEASED, Way.CHANNEL_DIRECT),
                goals);
    }

    private static Workload large(Kind kind, List<Goal> goals) {
        return new Workload(
                kind.word() + "-1m-4",
                "1 MiB sequential " + kind.word() + "s, depth 4",
                Medium.FILE,
                new Shape(kind, Pattern.SEQUENTIAL, LARGE, 4, 1),
                Way.QUEUE,
                List.of(Way.CHANNEL_DIRECT, Way.CHANNEL_LEASED, Way.CHANNEL_BUFFERED, Way.ASYNC_CHANNEL, Way.FIO),
                goals);
    }

    private static Workload cached(int threads, double goal) {
        return new Workload(
                "cached-" + threads,
                "4 KiB reads that the page cache answers, synchronous, " + (threads == 1 ? "1 thread" : "2 threads"),
                Medium.FILE,
                new Shape(Kind.READ, Pattern.CACHED, SMALL, threads, 1),
                Way.VOLUME,
                List.of(Way.CHANNEL_BUFFERED),
                List.of(new Goal(RATE, Way.CHANNEL_BUFFERED, goal)));
    }
}
