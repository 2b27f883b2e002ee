package io.pinion.volume;

import io.pinion.strategy.TransferMeter;
import java.util.Map;

/**
 * What a volume has done since it was configured. Counts are exact once no operation is in flight; latency is sampled.
 *
 * @param reads reads that were completed
 * @param writes writes that were completed
 * @param flushes flushes that were completed
 * @param failures operations that failed
 * @param readBytes bytes read
 * @param writtenBytes bytes written
 * @param inFlight operations that run now
 * @param parked operations that waited at the gate so far
 * @param swaps swaps that were published
 * @param byStrategy what each strategy moved, by name
 * @param readLatency of sampled reads
 * @param writeLatency of sampled writes
 * @param sampleEvery one in so many operations is timed
 * @param pause of published swaps: how long the gate was closed
 */
public record VolumeStatistics(
        long reads,
        long writes,
        long flushes,
        long failures,
        long readBytes,
        long writtenBytes,
        long inFlight,
        long parked,
        long swaps,
        Map<String, ByStrategy> byStrategy,
        LatencySummary readLatency,
        LatencySummary writeLatency,
        int sampleEvery,
        LatencySummary pause) {

    /**
     * What one strategy moved for the volume.
     *
     * @param operations reads and writes
     * @param bytes read and written
     * @param zeroCopyBytes of them, handed to the kernel without a copy of ours
     * @param bouncedBytes of them, copied
     * @param pinnedBytes memory it holds pinned now
     * @param nanos how long it has served
     * @param causes why bytes were copied and operations fell back
     */
    public record ByStrategy(
            long operations,
            long bytes,
            long zeroCopyBytes,
            long bouncedBytes,
            long pinnedBytes,
            long nanos,
            Map<String, TransferMeter.Count> causes) {}
}
