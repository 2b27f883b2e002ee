package io.pinion.metrics;

import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;

/**
 * What a family of figures is called and means. Its name is without the {@code _total} of a counter and the {@code _info}
 * of an info: both are added where it is written. Equal to itself alone.
 */
final class Metric {
    private final Kind kind;
    private final MetricMetadata metadata;
    private final List<String> labels;

    private Metric(Kind kind, MetricMetadata metadata, List<String> labels) {
        this.kind = kind;
        this.metadata = metadata;
        this.labels = labels;
    }

    /** How its figures behave. */
    enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        INFO
    }

    static Metric counter(String name, String help, String... labels) {
        return new Metric(Kind.COUNTER, metadata(name, help), List.of(labels));
    }

    static Metric gauge(String name, String help, String... labels) {
        return new Metric(Kind.GAUGE, metadata(name, help), List.of(labels));
    }

    static Metric histogram(String name, String help, String... labels) {
        return new Metric(Kind.HISTOGRAM, metadata(name, help), List.of(labels));
    }

    static Metric info(String name, String help, String... labels) {
        return new Metric(Kind.INFO, new MetricMetadata(name, help), List.of(labels));
    }

    /** The unit is the last word of the name, as the conventions want it. */
    private static MetricMetadata metadata(String name, String help) {
        if (name.endsWith("_bytes")) {
            return new MetricMetadata(name, help, Unit.BYTES);
        }
        return name.endsWith("_seconds")
                ? new MetricMetadata(name, help, Unit.SECONDS)
                : new MetricMetadata(name, help);
    }

    Kind kind() {
        return kind;
    }

    MetricMetadata metadata() {
        return metadata;
    }

    List<String> labels() {
        return labels;
    }
}
