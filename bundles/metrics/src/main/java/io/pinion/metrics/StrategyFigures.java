package io.pinion.metrics;

import static io.pinion.metrics.Metric.counter;
import static io.pinion.metrics.Metric.gauge;

import io.pinion.volume.VolumeStatistics.ByStrategy;
import io.prometheus.metrics.model.snapshots.Unit;

/** What is exposed of each strategy that has served a volume. */
final class StrategyFigures {
    private static final String VOLUME = "volume";
    private static final String STRATEGY = "strategy";

    private static final Metric OPERATIONS =
            counter("pinion_volume_strategy_operations", "Reads and writes that the strategy did.", VOLUME, STRATEGY);
    private static final Metric BYTES =
            counter("pinion_volume_strategy_bytes", "Bytes that the strategy read and wrote.", VOLUME, STRATEGY);
    private static final Metric ZERO_COPY = counter(
            "pinion_volume_strategy_zero_copy_bytes",
            "Bytes that went to and from the kernel without a copy.",
            VOLUME,
            STRATEGY);
    private static final Metric BOUNCED =
            counter("pinion_volume_strategy_bounced_bytes", "Bytes that were copied on the way.", VOLUME, STRATEGY);
    private static final Metric SERVING = counter(
            "pinion_volume_strategy_serving_seconds", "How long the strategy has served the volume.", VOLUME, STRATEGY);
    private static final Metric PINNED = gauge(
            "pinion_volume_strategy_pinned_bytes",
            "Memory that the strategy holds pinned for the volume now.",
            VOLUME,
            STRATEGY);
    private static final Metric BOUNCES =
            counter("pinion_volume_strategy_bounces", "Transfers that were copied, by why.", VOLUME, STRATEGY, "cause");
    private static final Metric FALLBACKS = counter(
            "pinion_volume_strategy_fallbacks",
            "Operations done in another way than the strategy stands for, by why.",
            VOLUME,
            STRATEGY,
            "cause");

    private StrategyFigures() {}

    static void collect(String volume, String strategy, ByStrategy figures, Exposition into) {
        into.add(OPERATIONS, figures.operations(), volume, strategy);
        into.add(BYTES, figures.bytes(), volume, strategy);
        into.add(ZERO_COPY, figures.zeroCopyBytes(), volume, strategy);
        into.add(BOUNCED, figures.bouncedBytes(), volume, strategy);
        into.add(SERVING, Unit.nanosToSeconds(figures.nanos()), volume, strategy);
        into.add(PINNED, figures.pinnedBytes(), volume, strategy);
        figures.causes().forEach((cause, count) -> {
            into.add(BOUNCES, count.bounces(), volume, strategy, cause);
            into.add(FALLBACKS, count.fallbacks(), volume, strategy, cause);
        });
    }
}
