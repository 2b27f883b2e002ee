package io.pinion.advisor;

import java.util.List;

/**
 * What one way did with requests of one size, over all rounds.
 *
 * @param size of the requests, in bytes
 * @param way how the bytes moved
 * @param mode how the strategy said that they really moved, such as {@code O_DIRECT}
 * @param operationsPerSecond over the rounds
 * @param bytesPerSecond over the rounds
 * @param p50Nanos median latency over the rounds
 * @param p99Nanos over the rounds
 * @param p999Nanos over the rounds
 * @param cpuSecondsPerGib processor time for a GiB, over the rounds
 * @param cacheGrowth bytes of the target that a round left in the page cache, over the rounds
 * @param damage which part of its speed a hot reader beside it lost, over the rounds
 * @param samples the rounds, in the order in which they were made
 */
public record Measured(
        int size,
        Way way,
        String mode,
        Interval operationsPerSecond,
        Interval bytesPerSecond,
        Interval p50Nanos,
        Interval p99Nanos,
        Interval p999Nanos,
        Interval cpuSecondsPerGib,
        Interval cacheGrowth,
        Interval damage,
        List<Sample> samples) {
    /** Copies the samples. */
    public Measured {
        samples = List.copyOf(samples);
    }
}
