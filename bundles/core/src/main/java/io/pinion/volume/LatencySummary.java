package io.pinion.volume;

import java.util.List;

/**
 * Sampled latencies, in nanoseconds, exact to about one per cent. All of it counts from the beginning and never goes back,
 * so that two summaries can be compared: what lies between their {@link #buckets} was measured between them.
 *
 * @param samples how many operations were timed
 * @param p50 half of them took no longer
 * @param p99 99 % of them took no longer
 * @param p999 99.9 % of them took no longer
 * @param max the longest
 * @param sum of all of them
 * @param buckets how they are distributed: in steps of 1, 2 and 5 from a microsecond to ten seconds, ascending
 */
public record LatencySummary(long samples, long p50, long p99, long p999, long max, long sum, List<Bucket> buckets) {
    /**
     * One bound of the distribution.
     *
     * @param atMost the bound, in nanoseconds
     * @param count how many operations took no longer, those of the smaller bounds included
     */
    public record Bucket(long atMost, long count) {}
}
