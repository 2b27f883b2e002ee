package io.pinion.shell;

import io.pinion.shell.text.Table;
import io.pinion.shell.text.Units;
import io.pinion.strategy.TransferMeter;
import io.pinion.volume.LatencySummary;
import io.pinion.volume.VolumeStatistics;
import io.pinion.volume.VolumeStatistics.Durability;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A volume's figures: what was done, by whom, how fast, and what was copied on the way. */
final class StatisticsReport {
    private StatisticsReport() {}

    static List<String> lines(String volume, VolumeStatistics figures) {
        List<String> lines = new ArrayList<>();
        lines.add(volume + ": " + Units.count(figures.inFlight(), "operation") + " in flight, "
                + Units.count(figures.failures()) + " failed, " + Units.count(figures.flushes()) + " flushed");
        lines.add("");
        lines.addAll(transfers(figures).lines());
        lines.add("");
        lines.addAll(strategies(figures).lines());
        causes(lines, figures);
        lines.add("");
        lines.add(swaps(figures));
        lines.add(durability(figures.durability(), Instant.now()));
        return lines;
    }

    private static Table transfers(VolumeStatistics figures) {
        Table table = Table.of("", ">OPERATIONS", ">BYTES", ">P50", ">P99", ">P99.9", ">MAX", ">TIMED");
        transfer(table, "reads", figures.reads(), figures.readBytes(), figures.readLatency());
        transfer(table, "writes", figures.writes(), figures.writtenBytes(), figures.writeLatency());
        return table;
    }

    private static void transfer(Table table, String what, long operations, long bytes, LatencySummary latency) {
        boolean timed = latency.samples() > 0;
        table.row(
                what,
                Units.count(operations),
                Units.bytes(bytes),
                timed ? Units.nanos(latency.p50()) : "-",
                timed ? Units.nanos(latency.p99()) : "-",
                timed ? Units.nanos(latency.p999()) : "-",
                timed ? Units.nanos(latency.max()) : "-",
                Units.count(latency.samples()));
    }

    private static Table strategies(VolumeStatistics figures) {
        Table table = Table.of("STRATEGY", ">SERVED", ">OPERATIONS", ">BYTES", ">ZERO-COPY", ">BOUNCED", ">PINNED NOW");
        figures.byStrategy()
                .forEach((name, moved) -> table.row(
                        name,
                        Units.nanos(moved.nanos()),
                        Units.count(moved.operations()),
                        Units.bytes(moved.bytes()),
                        Units.percent(moved.zeroCopyBytes(), moved.bytes()),
                        Units.bytes(moved.bouncedBytes()),
                        Units.bytes(moved.pinnedBytes())));
        return table;
    }

    /** A strategy may name causes that have not occurred; they are not shown. */
    private static void causes(List<String> lines, VolumeStatistics figures) {
        figures.byStrategy()
                .forEach((strategy, moved) -> moved.causes().forEach((cause, count) -> {
                    if (count.bounces() > 0 || count.fallbacks() > 0) {
                        lines.add(cause(strategy, cause, count));
                    }
                }));
    }

    private static String cause(String strategy, String cause, TransferMeter.Count count) {
        List<String> what = new ArrayList<>();
        if (count.bounces() > 0) {
            what.add("copied " + Units.bytes(count.bouncedBytes()) + " in " + Units.count(count.bounces(), "transfer"));
        }
        if (count.fallbacks() > 0) {
            what.add("fell back " + Units.count(count.fallbacks(), "time"));
        }
        return strategy + " " + String.join(" and ", what) + ": " + cause;
    }

    static String durability(Durability durability, Instant now) {
        String last =
                durability.lastFlush().map(at -> "last flush " + ago(at, now)).orElse("no flush yet");
        String waits = durability
                .unflushedSince()
                .map(since -> Units.bytes(durability.unflushedBytes()) + " written since, the first " + ago(since, now))
                .orElse("nothing written since");
        return last + ", " + waits;
    }

    private static String ago(Instant at, Instant now) {
        return Units.nanos(Math.max(0, Duration.between(at, now).toNanos())) + " ago";
    }

    private static String swaps(VolumeStatistics figures) {
        LatencySummary pause = figures.pause();
        String swaps = Units.count(figures.swaps(), "swap");
        if (pause.samples() == 0) {
            return swaps;
        }
        return swaps + ", paused p50 " + Units.nanos(pause.p50()) + ", p99 " + Units.nanos(pause.p99()) + ", max "
                + Units.nanos(pause.max()) + "; " + Units.count(figures.parked(), "operation") + " parked in all";
    }
}
