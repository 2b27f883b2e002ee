package io.pinion.advisor;

/**
 * One way held against the buffered way that the load would get, round by round.
 *
 * @param size of the requests, in bytes
 * @param way what is compared
 * @param against the buffered way
 * @param speed ratio of operations a second: above 1 the way is faster
 * @param cpu ratio of processor time for a byte: below 1 the way takes less
 * @param p99 ratio of latencies
 * @param pValue how likely a difference in speed as large as this is when there is none (Wilcoxon signed-rank test over the
 *     rounds)
 * @param noise how far the buffered way differs from itself, between rounds: half the width of its interval over its estimate
 * @param clear whether the difference is one that a sceptic would accept
 */
public record Comparison(
        int size,
        Way way,
        Way against,
        Interval speed,
        Interval cpu,
        Interval p99,
        double pValue,
        double noise,
        boolean clear) {}
