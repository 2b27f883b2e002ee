package io.pinion.advisor.auto;

import io.pinion.strategy.PageCacheUse;
import io.pinion.volume.VolumeStatistics;
import io.pinion.volume.choice.Candidacy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Watches a volume: what it did since the last look. To count what the page cache has may take long, so it is done seldom enough
 * to take no more than a small part of the time.
 */
final class Watch {
    /** Counting is to take no more than one part in so many. */
    private static final long PART = 200;

    /** What is read faster than this has not been to any storage: so many nanoseconds, and one for each so many bytes. */
    private static final double MEMORY_NANOS = 15_000;

    private static final double MEMORY_BYTES_PER_NANO = 2;

    private final Candidacy volume;
    private final Samples samples;
    private final Storage storage;
    private final LongSupplier clock;
    private final LongSupplier cpu;
    private VolumeStatistics before;
    private long lookedAt;
    private long cpuBefore;
    private long samplesBefore;
    private OptionalLong storedBefore;
    private Optional<PageCacheUse> counted = Optional.empty();
    private long readWhenCounted;
    private long countAgainAt;

    /**
     * Begins now.
     *
     * @param storage what the process has read from storage
     * @param clock in nanoseconds
     * @param cpu processor time of the process, in nanoseconds
     */
    Watch(Candidacy volume, Samples samples, Storage storage, LongSupplier clock, LongSupplier cpu) {
        this.volume = volume;
        this.samples = samples;
        this.storage = storage;
        this.clock = clock;
        this.cpu = cpu;
        before = volume.statistics();
        lookedAt = clock.getAsLong();
        countAgainAt = lookedAt;
        cpuBefore = cpu.getAsLong();
        samplesBefore = samples.taken();
        storedBefore = storage.readBytes();
        count(before);
    }

    /** What the process has read from storage, all files together. */
    @FunctionalInterface
    interface Storage {
        /** {@return bytes so far; empty where nobody can tell} */
        OptionalLong readBytes();

        /** {@return what the kernel accounts, proc_pid_io(5)} */
        static Storage of(Path proc) {
            return new ProcessStorage(proc.resolve("self/io"));
        }
    }

    /** {@return what has happened since the last look} */
    Tick look() {
        VolumeStatistics now = volume.statistics();
        long at = clock.getAsLong();
        long cpuNow = cpu.getAsLong();
        long taken = samples.taken();
        Latency latency = Latency.of(samples, samples.first(samplesBefore), taken);
        Tick tick = new Tick(
                volume.serving().orElse(""),
                Math.max(1, at - lookedAt),
                now.reads() + now.writes() - before.reads() - before.writes(),
                now.readBytes() - before.readBytes(),
                now.writtenBytes() - before.writtenBytes(),
                cpuNow - cpuBefore,
                latency.mean(),
                latency.slowestWrite(),
                missed(now, latency),
                taken);
        before = now;
        lookedAt = at;
        cpuBefore = cpuNow;
        samplesBefore = taken;
        return tick;
    }

    /**
     * What comes at the speed of memory was in the page cache. Else what the process had read from storage tells, of which some
     * may have been for others, and what has come into the page cache, of which the kernel forgets some after a while.
     */
    private OptionalDouble missed(VolumeStatistics now, Latency latency) {
        long read = now.readBytes() - before.readBytes();
        OptionalLong stored = storage.readBytes();
        OptionalLong most = stored.isPresent() && storedBefore.isPresent()
                ? OptionalLong.of(stored.getAsLong() - storedBefore.getAsLong())
                : OptionalLong.empty();
        storedBefore = stored;
        OptionalDouble least = cameIn(now);
        if (latency.reads() > 0 && latency.meanRead() < MEMORY_NANOS + latency.meanLength() / MEMORY_BYTES_PER_NANO) {
            return OptionalDouble.of(0);
        }
        if (read <= 0 || most.isEmpty() && least.isEmpty()) {
            return OptionalDouble.empty();
        }
        double byStorage = (double) most.orElse(0) / read;
        return OptionalDouble.of(Math.min(1, Math.max(byStorage, least.orElse(0))));
    }

    /** {@return which part of what was read came into the page cache, since that was counted last; empty when it was not now} */
    private OptionalDouble cameIn(VolumeStatistics now) {
        if (clock.getAsLong() - countAgainAt < 0) {
            return OptionalDouble.empty();
        }
        long read = now.readBytes() - readWhenCounted;
        Optional<PageCacheUse> was = counted;
        count(now);
        return was.isEmpty() || counted.isEmpty() || read <= 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) Math.max(0, came(counted.get()) - came(was.get())) / read);
    }

    private static long came(PageCacheUse use) {
        return use.cached() + use.evicted();
    }

    private void count(VolumeStatistics now) {
        long start = clock.getAsLong();
        counted = volume.pageCache();
        readWhenCounted = now.readBytes();
        long end = clock.getAsLong();
        countAgainAt = end + (end - start) * PART;
    }

    /** {@return how many bytes the page cache had of the target when they were counted last} */
    long cached() {
        return counted.map(PageCacheUse::cached).orElse(0L);
    }

    /**
     * How long operations took that were seen.
     *
     * @param mean of all, in nanoseconds; empty when there were none
     * @param meanRead of the reads
     * @param meanLength of the reads, in bytes
     * @param reads how many
     * @param slowestWrite of the writes
     */
    record Latency(OptionalDouble mean, double meanRead, double meanLength, long reads, long slowestWrite) {
        static Latency of(Samples samples, long from, long to) {
            double all = 0;
            double ofReads = 0;
            double lengths = 0;
            long reads = 0;
            long slowest = 0;
            for (long sample = from; sample < to; sample++) {
                long nanos = samples.nanos(sample);
                all += nanos;
                if (samples.isWrite(sample)) {
                    slowest = Math.max(slowest, nanos);
                } else {
                    reads++;
                    ofReads += nanos;
                    lengths += samples.length(sample);
                }
            }
            OptionalDouble mean = to > from ? OptionalDouble.of(all / (to - from)) : OptionalDouble.empty();
            return new Latency(mean, ofReads / Math.max(1, reads), lengths / Math.max(1, reads), reads, slowest);
        }
    }
}
