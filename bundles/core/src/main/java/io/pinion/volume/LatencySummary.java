package io.pinion.volume;

/**
 * Sampled latencies, in nanoseconds.
 *
 * @param samples how many operations were timed
 * @param p50 half of them took no longer
 * @param p99 99 % of them took no longer
 * @param p999 99.9 % of them took no longer
 * @param max the longest
 */
public record LatencySummary(long samples, long p50, long p99, long p999, long max) {}
