package io.pinion.advisor;

/**
 * What one way did in one round.
 *
 * @param round which round, from 0
 * @param operations how many requests were completed
 * @param bytes how many bytes they moved
 * @param nanos how long that took
 * @param cpuNanos processor time of the process's threads meanwhile, but for what the JVM does for itself; no hot reader ran then
 * @param p50Nanos median latency
 * @param p99Nanos latency that one in a hundred exceeds
 * @param p999Nanos latency that one in a thousand exceeds
 * @param cacheGrowth how many of these bytes stayed in the page cache; negative when it shrank; 0 where nobody can tell
 * @param othersAlone how many reads a second the hot reader did by itself, just before
 * @param othersBeside how many it did beside this way; 0 for both where none was run
 */
public record Sample(
        int round,
        long operations,
        long bytes,
        long nanos,
        long cpuNanos,
        long p50Nanos,
        long p99Nanos,
        long p999Nanos,
        long cacheGrowth,
        double othersAlone,
        double othersBeside) {
    /** {@return operations a second} */
    public double operationsPerSecond() {
        return operations * 1e9 / nanos;
    }

    /** {@return bytes a second} */
    public double bytesPerSecond() {
        return bytes * 1e9 / nanos;
    }

    /** {@return seconds of processor time for a GiB} */
    public double cpuSecondsPerGib() {
        return bytes == 0 ? 0 : cpuNanos / 1e9 / bytes * (1L << 30);
    }

    /** {@return which part of its speed the hot reader lost: 0 for none, 1 for all} */
    public double damage() {
        return othersAlone == 0 ? 0 : 1 - othersBeside / othersAlone;
    }
}
