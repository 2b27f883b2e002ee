package io.pinion.metrics;

import static io.pinion.metrics.Metric.counter;
import static io.pinion.metrics.Metric.gauge;
import static io.pinion.metrics.Metric.histogram;
import static io.pinion.metrics.Metric.info;

import io.pinion.strategy.ChannelMode;
import io.pinion.volume.VolumeState;
import io.pinion.volume.VolumeStatistics;
import io.pinion.volume.VolumeStatistics.Durability;
import io.pinion.volume.VolumeStatus;
import java.time.Instant;

/** What is exposed of a volume, over all strategies that served it. */
final class VolumeFigures {
    private static final String VOLUME = "volume";

    private static final Metric INFO = info(
            "pinion_volume",
            "What the volume stores its bytes on, and who serves it now and how.",
            VOLUME,
            "target",
            "access",
            "strategy",
            "mode",
            "override");
    private static final Metric STATE = gauge("pinion_volume_state", "1 for the state that it is in.", VOLUME, "state");
    private static final Metric CHOICE = gauge(
            "pinion_volume_choice",
            "Which choice of its configuration serves: 1 is the first; 0 when none of them does.",
            VOLUME);
    private static final Metric PROBLEMS = gauge(
            "pinion_volume_problems", "How many things keep it from being as configured; 'why' says which.", VOLUME);
    private static final Metric READS = counter("pinion_volume_reads", "Reads that were completed.", VOLUME);
    private static final Metric WRITES = counter("pinion_volume_writes", "Writes that were completed.", VOLUME);
    private static final Metric FLUSHES = counter(
            "pinion_volume_flushes",
            "Flushes that applications called for; those of swaps are not among them.",
            VOLUME);
    private static final Metric FAILURES = counter("pinion_volume_failures", "Operations that failed.", VOLUME);
    private static final Metric READ_BYTES = counter("pinion_volume_read_bytes", "Bytes read.", VOLUME);
    private static final Metric WRITTEN_BYTES = counter("pinion_volume_written_bytes", "Bytes written.", VOLUME);
    private static final Metric IN_FLIGHT =
            gauge("pinion_volume_in_flight_operations", "Operations that run now.", VOLUME);
    private static final Metric PARKED = counter(
            "pinion_volume_parked_operations",
            "Operations that had to wait, for a swap to end or a strategy to come.",
            VOLUME);
    private static final Metric SWAPS = counter("pinion_volume_swaps", "Swaps that were published.", VOLUME);
    private static final Metric PAUSE =
            histogram("pinion_volume_swap_pause_seconds", "How long published swaps made operations wait.", VOLUME);
    private static final Metric READ_LATENCY =
            histogram("pinion_volume_read_latency_seconds", "How long reads take; a sample of them is timed.", VOLUME);
    private static final Metric WRITE_LATENCY = histogram(
            "pinion_volume_write_latency_seconds", "How long writes take; a sample of them is timed.", VOLUME);
    private static final Metric UNFLUSHED =
            gauge("pinion_volume_unflushed_bytes", "Bytes written that no flush has covered yet.", VOLUME);
    private static final Metric UNFLUSHED_SINCE = gauge(
            "pinion_volume_unflushed_since_timestamp_seconds",
            "Since when bytes have been waiting for a flush; absent when none do.",
            VOLUME);
    private static final Metric LAST_FLUSH = gauge(
            "pinion_volume_last_flush_timestamp_seconds",
            "When a flush last succeeded; absent before the first.",
            VOLUME);

    private VolumeFigures() {}

    static void collect(VolumeStatus status, VolumeStatistics figures, Exposition into) {
        String name = status.name();
        String strategy = status.strategy().orElse("");
        into.add(
                INFO,
                name,
                status.target().toString(),
                status.access().toString(),
                strategy,
                status.mode().map(ChannelMode::name).orElse(""),
                status.override().orElse(""));
        for (VolumeState state : VolumeState.values()) {
            into.add(STATE, state == status.state() ? 1 : 0, name, state.toString());
        }
        into.add(CHOICE, status.preferences().indexOf(strategy) + 1, name);
        into.add(PROBLEMS, status.problems().size(), name);
        collect(name, figures, into);
        collect(name, figures.durability(), into);
    }

    private static void collect(String name, VolumeStatistics figures, Exposition into) {
        into.add(READS, figures.reads(), name);
        into.add(WRITES, figures.writes(), name);
        into.add(FLUSHES, figures.flushes(), name);
        into.add(FAILURES, figures.failures(), name);
        into.add(READ_BYTES, figures.readBytes(), name);
        into.add(WRITTEN_BYTES, figures.writtenBytes(), name);
        into.add(IN_FLIGHT, figures.inFlight(), name);
        into.add(PARKED, figures.parked(), name);
        into.add(SWAPS, figures.swaps(), name);
        into.add(PAUSE, figures.pause(), name);
        into.add(READ_LATENCY, figures.readLatency(), name);
        into.add(WRITE_LATENCY, figures.writeLatency(), name);
    }

    private static void collect(String name, Durability durability, Exposition into) {
        into.add(UNFLUSHED, durability.unflushedBytes(), name);
        durability.unflushedSince().ifPresent(since -> into.add(UNFLUSHED_SINCE, seconds(since), name));
        durability.lastFlush().ifPresent(at -> into.add(LAST_FLUSH, seconds(at), name));
    }

    private static double seconds(Instant at) {
        return at.toEpochMilli() / 1e3;
    }
}
