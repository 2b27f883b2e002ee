package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.buffered.BufferedStrategy;
import io.pinion.linux.claim.LinuxKernelFiles;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.volume.Pinion;
import io.pinion.volume.SwapReport;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeStatistics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Buffered to direct and back, a thousand times, under load on a real file. */
@Timeout(300)
class ThousandSwapsTest {
    private static final int SWAPS = 1000;
    private static final int THREADS = 4;
    /** Threads that have as many writes in flight each as a queue of this depth holds. */
    private static final int QUEUES = 2;

    private static final int DEPTH = 32;
    private static final int QUEUED = 4096;
    /** Where their blocks begin. */
    private static final long QUEUED_FROM = 256 << 10;

    private static final int BLOCK = 8192;
    private static final long BOUND_NANOS = Duration.ofSeconds(20).toNanos();

    @TempDir(factory = DiskDirectory.class)
    Path disk;

    private final LibC calls = new LibC();

    @Test
    void failNothingLoseNothingAndLeaveNothingBehind() throws Exception {
        Path file = Files.write(disk.resolve("volume"), new byte[1 << 20]);
        DirectStrategy direct = new DirectStrategy(calls, Settings.SMALL);
        assumeTrue(direct.examine(Target.of(file)).isSuitable(), "needs direct I/O at " + disk);
        AtomicInteger rings = new AtomicInteger();
        ScriptedCalls kernel = new ScriptedCalls().answer("ioUringSetup", Integer.MAX_VALUE, (arguments, real) -> {
            rings.incrementAndGet();
            return real.make(arguments);
        });
        long descriptors = descriptors();
        try (Pinion pinion = Pinion.start()) {
            pinion.guard(new LinuxTargetGuard(calls));
            pinion.add("buffered", new BufferedStrategy(new LinuxKernelFiles(kernel.calls())));
            pinion.add("direct", direct);
            pinion.configure("v", Map.of("target", file.toString(), "strategy", "buffered"));
            Volume volume = pinion.volume("v", Duration.ofSeconds(10));
            long operations = swapUnderLoad(pinion, volume);
            VolumeStatistics statistics = pinion.admin().statistics("v");
            assertEquals(operations, statistics.reads() + statistics.writes());
            assertEquals(0, statistics.failures());
            assertEquals(SWAPS, statistics.swaps());
            assertTrue(statistics.byStrategy().get("direct").operations() > 0);
            assertTrue(rings.get() > 0, "buffered has queues on rings, too");
        }
        await("descriptors are back at " + descriptors, () -> descriptors() == descriptors);
        await("Pinion's threads have ended", () -> threads() == 0);
    }

    private static long swapUnderLoad(Pinion pinion, Volume volume) throws Exception {
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
            for (int i = 0; i < SWAPS; i++) {
                SwapReport report = pinion.admin().swap("v", i % 2 == 0 ? "direct" : "buffered");
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

    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pinion-"))
                .count();
    }

    private static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < BOUND_NANOS, what);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
