package io.pinion.demo;

import io.pinion.volume.Volume;
import io.pinion.volume.VolumeAdmin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Moves the file: writers and swaps for a while, then everything is flushed, read in order and compared. */
final class Run {
    private static final int LEAST_SWAPS = 25;
    /** The second round reads what the first wrote. */
    private static final int LEAST_ROUNDS = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SLOWEST_BYTES_PER_SECOND = 10L << 20;
    private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(40);
    private static final long STEP_MILLIS = 20;

    private final DemoOptions options;
    private final Source source;
    private final Volume volume;
    private final Progress progress;
    private final Tally tally = new Tally();
    private final Swapper swapper;
    private final List<Writer> writers = new ArrayList<>();
    private final long[] versions;
    private final int count;
    private volatile boolean writingEnds;
    private volatile boolean swappingEnds;

    Run(DemoOptions options, Source source, Volume volume, VolumeAdmin admin, Progress progress) {
        this.options = options;
        this.source = source;
        this.volume = volume;
        this.progress = progress;
        versions = new long[source.blocks()];
        swapper = new Swapper(admin, volume.name(), options, tally, () -> swappingEnds);
        this.count = Math.min(options.threads(), source.blocks());
        for (int number = 0; number < count; number++) {
            Pace pace = new Pace(options.bytesPerSecond() / count);
            writers.add(new Writer(source, volume, tally, () -> writingEnds, number, count, versions, pace));
        }
    }

    Tally tally() {
        return tally;
    }

    Swapper swapper() {
        return swapper;
    }

    /** {@return the check sum of the file as the volume gave it back; empty when it is not the file} */
    Optional<String> execute() throws InterruptedException, IOException {
        List<Thread> threads = new ArrayList<>();
        Thread swapping = start("demo-swapper", swapper);
        try {
            for (Writer writer : writers) {
                threads.add(start("demo-writer-" + threads.size(), writer));
            }
            watch(threads);
            writingEnds = true;
            join(threads);
            return tally.isClean() ? compare() : Optional.empty();
        } finally {
            writingEnds = true;
            swappingEnds = true;
            join(List.of(swapping));
            progress.end();
        }
    }

    private void watch(List<Thread> threads) throws InterruptedException {
        long start = System.nanoTime();
        long rate = options.bytesPerSecond() == 0
                ? SLOWEST_BYTES_PER_SECOND
                : Math.min(options.bytesPerSecond(), SLOWEST_BYTES_PER_SECOND);
        long slowest = LEAST_ROUNDS * source.size() / rate;
        Duration atMost = options.atLeast().plus(PATIENCE).plusSeconds(slowest);
        while (tally.isClean() && threads.stream().allMatch(Thread::isAlive)) {
            Duration passed = Duration.ofNanos(System.nanoTime() - start);
            progress.show(passed, tally, swapper);
            if (passed.compareTo(options.atLeast()) >= 0 && isEnough()) {
                return;
            }
            if (passed.compareTo(atMost) > 0) {
                tally.failure("after " + passed.toSeconds() + " s there were " + swapper.swaps() + " swaps of "
                        + LEAST_SWAPS + " and not all blocks were read back; the target is too slow for this file");
                return;
            }
            Thread.sleep(STEP_MILLIS);
        }
    }

    private boolean isEnough() {
        boolean swapped = options.strategies().size() == 1 || swapper.swaps() >= LEAST_SWAPS;
        return swapped && writers.stream().allMatch(writer -> writer.rounds() >= LEAST_ROUNDS);
    }

    private Optional<String> compare() throws IOException {
        progress.say("flushing, then reading everything in order");
        volume.flush();
        tally.flushed();
        MessageDigest stored = sha256();
        MessageDigest original = sha256();
        BlockReader reader = new BlockReader(source, volume, tally);
        ByteBuffer block = ByteBuffer.allocate(Source.BLOCK);
        for (int number = 0; number < source.blocks() && tally.isClean(); number++) {
            Optional<ByteBuffer> payload = reader.read(number % count, number, versions[number]);
            payload.ifPresent(stored::update);
            source.read(number, block.clear());
            original.update(block.flip());
        }
        byte[] sum = stored.digest();
        if (tally.isClean() && !MessageDigest.isEqual(sum, original.digest())) {
            tally.mismatch("the volume gave back another file, or the file was changed meanwhile");
        }
        return tally.isClean() ? Optional.of(HexFormat.of().formatHex(sum)) : Optional.empty();
    }

    private void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(JOIN_MILLIS);
            if (thread.isAlive()) {
                tally.failure(thread.getName() + " did not return from " + thread.getStackTrace()[0]);
            }
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
