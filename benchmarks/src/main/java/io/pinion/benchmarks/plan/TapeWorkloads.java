package io.pinion.benchmarks.plan;

import static io.pinion.benchmarks.plan.Figure.CPU;
import static io.pinion.benchmarks.plan.Figure.RATE;

import java.util.ArrayList;
import java.util.List;

/**
 * Workloads on a tape in a file, beside dd(1), which moves as many bytes by the same pieces and knows nothing of records. Both
 * write zeroes to a file that they cut off first, and flush at the end of a pass; both read what the page cache does not have.
 */
final class TapeWorkloads {
    private static final List<Integer> KIBS = List.of(64, 256, 1024);

    private TapeWorkloads() {}

    /** {@return them, in the order of the report} */
    static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        for (Kind kind : List.of(Kind.WRITE, Kind.READ)) {
            for (int kib : KIBS) {
                all.add(new Workload(
                        "tape-" + kind.word() + "-" + kib + "k",
                        "Records of " + kib + " KiB, " + kind.word() + Medium.TAPE.where(),
                        Medium.TAPE,
                        new Shape(kind, Pattern.SEQUENTIAL, kib << 10, 1, 1),
                        Way.TAPE,
                        List.of(Way.DD, Way.DD_FRAMED),
                        List.of(new Goal(RATE, Way.DD, 1), new Goal(CPU, Way.DD, 1.2))));
            }
        }
        return all;
    }
}
