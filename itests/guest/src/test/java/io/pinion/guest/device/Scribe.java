package io.pinion.guest.device;

import io.pinion.strategy.StorageException;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.time.Duration;

/** A thread that writes to a part of a volume without a pause, and flushes, until that fails or it is stopped. */
public final class Scribe extends Thread implements AutoCloseable {
    private static final int LENGTH = 65_536;
    private static final int WRITES_PER_FLUSH = 4;

    private final Volume volume;
    private final long start;
    private volatile long flushes;
    private volatile long longestNanos;
    private volatile StorageException failure;
    private volatile boolean stopped;

    private Scribe(Volume volume, long start) {
        super("scribe");
        setDaemon(true);
        this.volume = volume;
        this.start = start;
    }

    /** Begins, behind the place that is given, and returns when it is well under way. */
    public static Scribe on(Volume volume, long start) throws Exception {
        Scribe scribe = new Scribe(volume, start);
        scribe.start();
        scribe.awaitProgress();
        return scribe;
    }

    /** Returns once it has flushed some more, or has failed. */
    public void awaitProgress() throws Exception {
        long before = flushes;
        Await.until("writes go on", () -> flushes > before + 3 || failure != null);
    }

    @Override
    public void run() {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(LENGTH + 4096).alignedSlice(4096).slice(0, LENGTH);
        try {
            for (int i = 0; !stopped; i++) {
                long begin = System.nanoTime();
                volume.write(buffer.clear(), start + (long) i % 8 * LENGTH);
                if (i % WRITES_PER_FLUSH == 0) {
                    volume.flush();
                    flushes = flushes + 1;
                }
                longestNanos = Math.max(longestNanos, System.nanoTime() - begin);
            }
        } catch (StorageException e) {
            failure = e;
        }
    }

    /** {@return what it has failed with, once it has} */
    public StorageException awaitFailure() throws Exception {
        Await.until("writing fails", () -> failure != null);
        return failure;
    }

    /** {@return the longest time that a write, and a flush where there was one, has taken} */
    public Duration longest() {
        return Duration.ofNanos(longestNanos);
    }

    /** Stops, and fails if it has. */
    @Override
    public void close() throws Exception {
        stopped = true;
        join(Await.BOUND.toMillis());
        if (failure != null) {
            throw failure;
        }
        if (isAlive()) {
            throw new AssertionError("a write or a flush has not ended within " + Await.BOUND);
        }
    }
}
