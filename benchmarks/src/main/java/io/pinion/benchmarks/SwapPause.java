package io.pinion.benchmarks;

import io.pinion.strategy.StorageException;
import io.pinion.volume.Pinion;
import io.pinion.volume.SwapReport;
import io.pinion.volume.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** How long callers wait for a swap between buffered and direct: with nothing dirty, and with a gigabyte. */
final class SwapPause {
    private static final int THREADS = 4;
    private static final int SWAPS = 1000;
    private static final int DIRTY_SWAPS = 5;
    private static final int BLOCK = 4096;
    private static final int LARGE = 1 << 20;
    private static final long SIZE = 2L << 30;
    private static final long DIRTY = 1L << 30;

    private final Path file;
    private final Pinion pinion;
    private final Volume volume;

    private SwapPause(Path file, Pinion pinion, Volume volume) {
        this.file = file;
        this.pinion = pinion;
        this.volume = volume;
    }

    static String run() throws Exception {
        Path file = Files.createTempFile(Work.directory(), "swap-pause", ".img");
        Work.fill(file, SIZE);
        try (Pinion pinion = Strategies.start()) {
            pinion.configure("v", Map.of("target", file.toString(), "strategy", "buffered,direct"));
            SwapPause pause = new SwapPause(file, pinion, pinion.volume("v", Duration.ofSeconds(10)));
            return "## The pause of a swap\n\n" + pause.clean() + pause.dirty();
        } finally {
            Files.delete(file);
        }
    }

    private String clean() throws Exception {
        List<Long> pauses = new ArrayList<>();
        try (Load load = new Load(THREADS, this::readRandomly)) {
            for (int i = 0; i < SWAPS; i++) {
                pauses.add(swap(i % 2 == 0 ? "direct" : "buffered"));
                LockSupport.parkNanos(2_000_000);
            }
        }
        return String.format(
                Locale.ROOT,
                "Nothing dirty, %d threads reading 4 KiB at random, %d swaps: pause p50 %.2f ms, p99 %.2f ms, max %.2f ms.%n%n",
                THREADS,
                SWAPS,
                percentile(pauses, 50),
                percentile(pauses, 99),
                percentile(pauses, 100));
    }

    private String dirty() throws Exception {
        double rate = deviceRate();
        List<Long> pauses = new ArrayList<>();
        List<Long> flushes = new ArrayList<>();
        for (int i = 0; i < DIRTY_SWAPS; i++) {
            flushes.add(deviceFlush());
            writeSequentially(DIRTY);
            try (Load load = new Load(1, stop -> writeAt(rate / 2, stop))) {
                pauses.add(swap("direct"));
            }
            swap("buffered");
        }
        return String.format(
                Locale.ROOT,
                "1 GiB dirty, writers going on at half of the device's %.0f MB/s, %d swaps: pause median %.1f ms, max"
                        + " %.1f ms; one device flush takes median %.1f ms, max %.1f ms.%n%n",
                rate / 1e6,
                pauses.size(),
                percentile(pauses, 50),
                percentile(pauses, 100),
                percentile(flushes, 50),
                percentile(flushes, 100));
    }

    private long swap(String to) throws StorageException {
        SwapReport report = pinion.admin().swap("v", to);
        if (report.outcome() != SwapReport.Outcome.PUBLISHED) {
            throw new IllegalStateException(report.toString());
        }
        return report.pauseNanos();
    }

    private void readRandomly(AtomicBoolean stop) throws StorageException {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(2 * BLOCK).alignedSlice(BLOCK).limit(BLOCK);
        long seed = Thread.currentThread().getId() * 0x9E3779B97F4A7C15L | 1;
        while (!stop.get()) {
            seed ^= seed << 13;
            seed ^= seed >>> 7;
            seed ^= seed << 17;
            volume.read(buffer.rewind(), Long.remainderUnsigned(seed, SIZE / BLOCK) * BLOCK);
        }
    }

    private void writeSequentially(long bytes) throws StorageException {
        ByteBuffer buffer = large();
        for (long at = 0; at < bytes; at += LARGE) {
            volume.write(buffer.rewind(), at);
        }
    }

    private void writeAt(double bytesPerSecond, AtomicBoolean stop) throws StorageException {
        ByteBuffer buffer = large();
        long start = System.nanoTime();
        for (long written = 0; !stop.get(); written += LARGE) {
            volume.write(buffer.rewind(), (DIRTY + written) % SIZE);
            long due = start + (long) ((written + LARGE) / bytesPerSecond * 1e9);
            LockSupport.parkNanos(due - System.nanoTime());
        }
    }

    private static ByteBuffer large() {
        return ByteBuffer.allocateDirect(LARGE + BLOCK).alignedSlice(BLOCK).limit(LARGE);
    }

    /** {@return bytes per second that reach the device, of 512 MiB written and flushed} */
    private double deviceRate() throws StorageException {
        volume.flush();
        long start = System.nanoTime();
        writeSequentially(DIRTY / 2);
        volume.flush();
        return DIRTY / 2 / ((System.nanoTime() - start) / 1e9);
    }

    /** {@return what a flush of one written block takes} */
    private long deviceFlush() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
            channel.write(ByteBuffer.allocateDirect(BLOCK), SIZE - BLOCK);
            long start = System.nanoTime();
            channel.force(false);
            return System.nanoTime() - start;
        }
    }

    private static double percentile(List<Long> nanos, int percent) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        int index = Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1);
        return Arrays.stream(sorted).skip(index).findFirst().orElseThrow() / 1e6;
    }

    /** Threads that do something until they are stopped; what they throw comes out of close. */
    private static final class Load implements AutoCloseable {
        private final AtomicBoolean stop = new AtomicBoolean();
        private final List<Future<?>> running = new ArrayList<>();
        private final ExecutorService threads = Executors.newCachedThreadPool();

        /** What a thread does. */
        private interface Task {
            void run(AtomicBoolean stop) throws StorageException;
        }

        Load(int count, Task task) {
            for (int i = 0; i < count; i++) {
                running.add(threads.submit(() -> {
                    task.run(stop);
                    return null;
                }));
            }
        }

        @Override
        public void close() throws Exception {
            stop.set(true);
            try {
                for (Future<?> future : running) {
                    future.get();
                }
            } finally {
                threads.shutdown();
            }
        }
    }
}
