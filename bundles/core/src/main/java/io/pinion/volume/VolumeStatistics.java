package io.pinion.volume;

import io.pinion.strategy.TransferMeter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a volume has done since it was configured. Counts never go back, and are exact once no operation is in flight;
 * latency is sampled. A volume that gets another target or access begins anew.
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
 * @param durability what flushes have made durable, and what waits for one
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
        LatencySummary pause,
        Durability durability) {

    /**
     * What flushes have made durable, and what waits for one. Bytes are taken for flushed when a flush that began after
     * their write had returned has succeeded, whoever called it, a swap included.
     *
     * @param lastFlush when a flush last succeeded; empty before the first
     * @param unflushedBytes bytes written that no flush has covered yet; writes that were asked to be durable need none
     * @param unflushedSince since when some of them have been waiting, later than it was by up to a second; empty when
     *     none does
     */
    public record Durability(Optional<Instant> lastFlush, long unflushedBytes, Optional<Instant> unflushedSince) {}

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
