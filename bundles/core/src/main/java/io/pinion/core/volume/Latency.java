package io.pinion.core.volume;

import io.pinion.volume.LatencySummary;
import io.pinion.volume.LatencySummary.Bucket;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.HistogramIterationValue;

/** Latencies that any number of threads record and read. */
public final class Latency {
    private static final long LONGEST_NANOS = 3_600_000_000_000L;
    /** 1, 2, 5, 10 … µs up to 10 s. */
    private static final long[] BOUNDS = bounds(1_000, 10_000_000_000L);

    private final ConcurrentHistogram histogram = new ConcurrentHistogram(LONGEST_NANOS, 2);

    private static long[] bounds(long first, long last) {
        List<Long> bounds = new ArrayList<>();
        for (long decade = first; decade < last; decade *= 10) {
            bounds.addAll(List.of(decade, 2 * decade, 5 * decade));
        }
        bounds.add(last);
        return bounds.stream().mapToLong(Long::longValue).toArray();
    }

    /** Records one. Allocates nothing. */
    public void record(long nanos) {
        histogram.recordValue(Math.max(0, Math.min(nanos, LONGEST_NANOS)));
    }

    /** {@return what has been recorded so far} */
    public LatencySummary summary() {
        ConcurrentHistogram seen = histogram.copy();
        long sum = 0;
        long[] counts = new long[BOUNDS.length + 1];
        int place = 0;
        for (HistogramIterationValue value : seen.recordedValues()) {
            long least = seen.lowestEquivalentValue(value.getValueIteratedTo());
            sum += seen.medianEquivalentValue(least) * value.getCountAtValueIteratedTo();
            while (place < BOUNDS.length && least > BOUNDS[place]) {
                place++;
            }
            counts[place] += value.getCountAtValueIteratedTo();
        }
        return new LatencySummary(
                seen.getTotalCount(),
                seen.getValueAtPercentile(50),
                seen.getValueAtPercentile(99),
                seen.getValueAtPercentile(99.9),
                seen.getMaxValue(),
                sum,
                cumulated(counts));
    }

    private static List<Bucket> cumulated(long[] counts) {
        List<Bucket> buckets = new ArrayList<>();
        long count = 0;
        for (int place = 0; place < BOUNDS.length; place++) {
            count += counts[place];
            buckets.add(new Bucket(BOUNDS[place], count));
        }
        return List.copyOf(buckets);
    }
}
