package io.pinion.metrics;

import io.pinion.volume.LatencySummary;
import io.pinion.volume.LatencySummary.Bucket;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One scrape: figures are added volume by volume, and come out family by family. */
final class Exposition {
    private final Map<Metric, List<DataPointSnapshot>> families = new LinkedHashMap<>();

    /** Adds a figure of a counter or a gauge. */
    void add(Metric metric, double value, String... labels) {
        Labels full = labels(metric, labels);
        add(
                metric,
                metric.kind() == Metric.Kind.COUNTER
                        ? CounterDataPointSnapshot.builder()
                                .value(value)
                                .labels(full)
                                .build()
                        : GaugeDataPointSnapshot.builder()
                                .value(value)
                                .labels(full)
                                .build());
    }

    /** Adds an info, whose labels are all it says. */
    void add(Metric metric, String... labels) {
        add(
                metric,
                InfoDataPointSnapshot.builder().labels(labels(metric, labels)).build());
    }

    /** Adds a distribution, in seconds. */
    void add(Metric metric, LatencySummary latency, String... labels) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (Bucket bucket : latency.buckets()) {
            buckets.bucket(Unit.nanosToSeconds(bucket.atMost()), bucket.count() - below);
            below = bucket.count();
        }
        buckets.bucket(Double.POSITIVE_INFINITY, latency.samples() - below);
        add(
                metric,
                HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(buckets.build())
                        .sum(Unit.nanosToSeconds(latency.sum()))
                        .labels(labels(metric, labels))
                        .build());
    }

    private void add(Metric metric, DataPointSnapshot point) {
        families.computeIfAbsent(metric, m -> new ArrayList<>()).add(point);
    }

    private static Labels labels(Metric metric, String... values) {
        return Labels.of(metric.labels(), List.of(values));
    }

    MetricSnapshots build() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        families.forEach((metric, points) -> all.metricSnapshot(family(metric, points)));
        return all.build();
    }

    private static MetricSnapshot family(Metric metric, List<DataPointSnapshot> points) {
        return switch (metric.kind()) {
            case COUNTER -> new CounterSnapshot(metric.metadata(), all(points, CounterDataPointSnapshot.class));
            case GAUGE -> new GaugeSnapshot(metric.metadata(), all(points, GaugeDataPointSnapshot.class));
            case HISTOGRAM -> new HistogramSnapshot(metric.metadata(), all(points, HistogramDataPointSnapshot.class));
            case INFO -> new InfoSnapshot(metric.metadata(), all(points, InfoDataPointSnapshot.class));
        };
    }

    private static <T> List<T> all(List<DataPointSnapshot> points, Class<T> type) {
        return points.stream().map(type::cast).toList();
    }
}
