package io.pinion.jmx;

import io.pinion.volume.LatencySummary;

/** Sampled latencies, in nanoseconds; a composite of JMX, which takes its items from getters. */
public final class LatencyView {
    private final LatencySummary summary;

    LatencyView(LatencySummary summary) {
        this.summary = summary;
    }

    /** {@return how many operations were timed} */
    public long getSamples() {
        return summary.samples();
    }

    /** {@return half of them took no longer} */
    public long getP50() {
        return summary.p50();
    }

    /** {@return 99 % of them took no longer} */
    public long getP99() {
        return summary.p99();
    }

    /** {@return 99.9 % of them took no longer} */
    public long getP999() {
        return summary.p999();
    }

    /** {@return the longest} */
    public long getMax() {
        return summary.max();
    }
}
