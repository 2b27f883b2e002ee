package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.strategy.StorageException;
import io.pinion.volume.Pinion;
import io.pinion.volume.SwapReport;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeStatistics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Swaps a running volume between two strategies again and again, while threads write and read, and queues are full: nothing may
 * fail, be lost, be stale, or complete twice. The volume holds {@link #SIZE} bytes at least.
 */
public final class SwapsUnderLoad {
    /** How much of the volume is written. */
    public static final int SIZE = 1 << 20;

    private static final int THREADS = 4;
    /** Threads that have as many writes in flight each as a queue of this depth holds. */
    private static final int QUEUES = 2;

    private static final int DEPTH = 32;
    private static final int QUEUED = 4096;
    /** Where their blocks begin. */
    private static final long QUEUED_FROM = 256 << 10;

    private static final int BLOCK = 8192;

    private SwapsUnderLoad() {}

    /** Swaps so often between the strategy that serves the volume and another, and back. */
    public static void run(Pinion pinion, String name, String served, String other, int swaps) throws Exception {
        Volume volume = pinion.volume(name, Duration.ofSeconds(10));
        long operations = swap(pinion, volume, name, List.of(other, served), swaps);
        VolumeStatistics statistics = pinion.admin().statistics(name);
        assertEquals(operations, statistics.reads() + statistics.writes());
        assertEquals(0, statistics.failures());
        assertEquals(swaps, statistics.swaps());
    }

    private static long swap(Pinion pinion, Volume volume, String name, List<String> strategies, int swaps)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS + QUEUES);
        AtomicBoolean stop = new AtomicBoolean();
        try {
            List<Future<Long>> writers = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int writer = t;
                writers.add(threads.submit(() -> writeVersions(volume, writer, stop)));
            }
            for (int q = 0; q < QUEUES; q++) {
                QueuedVersions versions = new QueuedVersions(QUEUED_FROM + q * (long) DEPTH * QUEUED, DEPTH, QUEUED);
                writers.add(threads.submit(() -> versions.write(volume, stop)));
            }
            for (int i = 0; i < swaps; i++) {
                SwapReport report = pinion.admin().swap(name, strategies.get(i % 2));
                assertEquals(SwapReport.Outcome.PUBLISHED, report.outcome(), report::detail);
            }
            stop.set(true);
            long operations = 0;
            for (Future<Long> writer : writers) {
                operations += writer.get();
            }
            return operations;
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }

    /** Rising versions in one block, aligned for even writers: a stale read or a lost update shows. */
    private static long writeVersions(Volume volume, int writer, AtomicBoolean stop) throws StorageException {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(4096).limit(BLOCK);
        long position = (long) writer * 2 * BLOCK + writer % 2 * 100;
        long version = 0;
        for (; !stop.get(); ) {
            version++;
            for (int at = 0; at < BLOCK; at += 512) {
                buffer.putLong(at, version);
            }
            volume.write(buffer.rewind(), position);
            volume.read(buffer.rewind(), position);
            for (int at = 0; at < BLOCK; at += 512) {
                assertEquals(version, buffer.getLong(at));
            }
        }
        return 2 * version;
    }
}
