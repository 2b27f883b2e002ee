package io.pinion.demo;

import io.pinion.shell.text.Table;
import io.pinion.shell.text.Units;
import io.pinion.volume.VolumeStatistics;
import io.pinion.volume.VolumeStatistics.ByStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the run showed: a table, and one line for scripts. */
final class DemoReport {
    private final Tally tally;
    private final Swapper swapper;
    private final VolumeStatistics before;
    private final VolumeStatistics figures;

    /**
     * Of a run.
     *
     * @param before the volume's figures at its start: for how long it was open then, and did nothing
     * @param figures those at its end
     */
    DemoReport(Run run, VolumeStatistics before, VolumeStatistics figures) {
        tally = run.tally();
        swapper = run.swapper();
        this.before = before;
        this.figures = figures;
    }

    List<String> table() {
        Table table = Table.of("STRATEGY", ">SERVED", ">OPERATIONS", ">BYTES", ">THROUGHPUT", ">ZERO-COPY", ">BOUNCED");
        figures.byStrategy()
                .forEach((name, moved) -> table.row(
                        name,
                        Units.nanos(served(name, moved)),
                        Units.count(moved.operations()),
                        Units.bytes(moved.bytes()),
                        Units.rate(moved.bytes(), served(name, moved)),
                        Units.percent(moved.zeroCopyBytes(), moved.bytes()),
                        Units.bytes(moved.bouncedBytes())));
        List<String> lines = new ArrayList<>(table.lines());
        swapper.modes().forEach((name, mode) -> {
            if (!mode.notes().isEmpty()) {
                lines.add(name + ", " + mode + ": " + String.join("; ", mode.notes()));
            }
        });
        long[] pauses = swapper.pauses();
        lines.add(Units.count(swapper.swaps(), "swap") + ", paused p50 " + Units.nanos(quantile(pauses, 0.5)) + ", p99 "
                + Units.nanos(quantile(pauses, 0.99)) + ", max " + Units.nanos(quantile(pauses, 1)) + "; "
                + Units.count(swapper.parked(), "operation") + " parked in all");
        return lines;
    }

    private long served(String strategy, ByStrategy moved) {
        ByStrategy idle = before.byStrategy().get(strategy);
        return moved.nanos() - (idle == null ? 0 : idle.nanos());
    }

    /** {@return the last line of a run that showed what it was to show} */
    String success(String sum) {
        long bytes = figures.byStrategy().values().stream()
                .mapToLong(ByStrategy::bytes)
                .sum();
        long zeroCopy = figures.byStrategy().values().stream()
                .mapToLong(ByStrategy::zeroCopyBytes)
                .sum();
        return "demo: ok " + counts() + " zero-copy="
                + String.format(Locale.ROOT, "%.1f", bytes == 0 ? 0 : 100.0 * zeroCopy / bytes) + "% sha256=" + sum;
    }

    /** {@return the counts, as the last line has them} */
    String counts() {
        long[] pauses = swapper.pauses();
        return "swaps=" + swapper.swaps() + " operations=" + tally.operations() + " failed=" + tally.failed()
                + " mismatched=" + tally.mismatched() + " pause.p50.ms=" + millis(quantile(pauses, 0.5))
                + " pause.p99.ms=" + millis(quantile(pauses, 0.99));
    }

    /** {@return the smallest value that so large a share of the values does not exceed} */
    static long quantile(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max((int) Math.ceil(share * sorted.length) - 1, 0)];
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.3f", nanos / 1e6);
    }
}
