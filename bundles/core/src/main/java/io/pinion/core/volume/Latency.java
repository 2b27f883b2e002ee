package io.pinion.core.volume;

import io.pinion.volume.LatencySummary;
import org.HdrHistogram.ConcurrentHistogram;

/** Latencies that any number of threads record and read. */
public final class Latency {
    private static final long LONGEST_NANOS = 3_600_000_000_000L;

    private final ConcurrentHistogram histogram = new ConcurrentHistogram(LONGEST_NANOS, 2);

    /** Records one. Allocates nothing. */
    public void record(long nanos) {
        histogram.recordValue(Math.max(0, Math.min(nanos, LONGEST_NANOS)));
    }

    /** {@return what has been recorded so far} */
    public LatencySummary summary() {
        ConcurrentHistogram seen = histogram.copy();
        return new LatencySummary(
                seen.getTotalCount(),
                seen.getValueAtPercentile(50),
                seen.getValueAtPercentile(99),
                seen.getValueAtPercentile(99.9),
                seen.getMaxValue());
    }
}
