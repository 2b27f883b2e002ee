package io.pinion.benchmarks.plan;

import static io.pinion.benchmarks.plan.Figure.CPU;
import static io.pinion.benchmarks.plan.Figure.RATE;

import java.util.List;

/**
 * Workloads on block devices, through strategy {@code block}. A loop device works as a disk does. Of zram nothing but reads:
 * once it was written to, what is measured is its compression. Its reads are done before the call that asks for them is back,
 * which tells most of synchronous ones.
 */
final class DeviceWorkloads {
    private static final int SMALL = 4096;
    private static final int LARGE = 1 << 20;
    private static final List<Goal> DEEP = List.of(new Goal(RATE, Way.FIO, 1), new Goal(CPU, Way.FIO, 0.9));

    private DeviceWorkloads() {}

    /** {@return them, in the order of the report} */
    static List<Workload> all() {
        return List.of(
                deep(Medium.LOOP, Kind.READ, DEEP),
                deep(Medium.LOOP, Kind.WRITE, DEEP),
                large(Medium.LOOP, Kind.READ),
                large(Medium.LOOP, Kind.WRITE),
                new Workload(
                        "zram-read-4k-synchronous",
                        "4 KiB random direct reads" + Medium.ZRAM.where() + ", synchronous, one thread",
                        Medium.ZRAM,
                        new Shape(Kind.READ, Pattern.RANDOM, SMALL, 1, 1).ofMemory(),
                        Way.VOLUME,
                        List.of(Way.C_SYNCHRONOUS, Way.C_BESIDE_A_THREAD, Way.CHANNEL_LEASED),
                        List.of(new Goal(RATE, Way.C_SYNCHRONOUS, 0.97), new Goal(RATE, Way.C_BESIDE_A_THREAD, 0.97))),
                deep(Medium.ZRAM, Kind.READ, List.of()),
                large(Medium.ZRAM, Kind.READ));
    }

    private static Workload deep(Medium medium, Kind kind, List<Goal> goals) {
        return new Workload(
                medium.word() + "-" + kind.word() + "-4k-32",
                "4 KiB random direct " + kind.word() + "s" + medium.where() + ", depth 32",
                medium,
                new Shape(kind, Pattern.RANDOM, SMALL, 32, 8),
                Way.QUEUE,
                List.of(Way.C, Way.FIO),
                goals);
    }

    private static Workload large(Medium medium, Kind kind) {
        return new Workload(
                medium.word() + "-" + kind.word() + "-1m-4",
                "1 MiB sequential " + kind.word() + "s" + medium.where() + ", depth 4",
                medium,
                new Shape(kind, Pattern.SEQUENTIAL, LARGE, 4, 1),
                Way.QUEUE,
                List.of(Way.C, Way.FIO),
                List.of());
    }
}
