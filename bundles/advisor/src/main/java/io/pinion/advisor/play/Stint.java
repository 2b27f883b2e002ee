package io.pinion.advisor.play;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import org.HdrHistogram.Histogram;

/**
 * A short time of load, and what came of it. The clock stands while a lap is prepared. For one thread, whose interrupt ends it.
 */
public final class Stint {
    private static final long LONGEST_NANOS = 3_600_000_000_000L;
    /** Of what it may move it takes one part in so many to warm up, and that much more. */
    private static final int WARM_UP_PART = 4;

    private final Positions positions;
    private final Breaks breaks;
    private final long warmUpNanos;
    private final long nanos;
    private final long most;
    private final long deadline;
    private final ProcessorTime processor = new ProcessorTime();
    private final Histogram latency = new Histogram(LONGEST_NANOS, 3);
    private boolean warming;
    private long movedBefore;
    private long operations;
    private long bytes;
    private long moved;
    private long passed;
    private long cpu;
    private long startedAt;

    /** What is to be done in between, while the clock stands. */
    public interface Breaks {
        /** Nothing: laps follow each other without one. */
        Breaks NONE = new Breaks() {};

        /** A lap is over, and nothing is in flight: called before the next. */
        default void lap() throws StorageException {}

        /** {@return whether laps have such a break between them} */
        default boolean isBetweenLaps() {
            return false;
        }
    }

    /**
     * A stint to be played.
     *
     * @param breaks what is to be done in between
     * @param warmUpNanos how long it goes on before it counts
     * @param nanos how long it counts
     * @param most how many bytes it may move once it counts
     * @param deadline when it ends at the latest, in {@link System#nanoTime}
     */
    public Stint(Positions positions, Breaks breaks, long warmUpNanos, long nanos, long most, long deadline) {
        this.positions = positions;
        this.breaks = breaks;
        this.warmUpNanos = warmUpNanos;
        this.nanos = nanos;
        this.most = most;
        this.deadline = deadline;
        warming = warmUpNanos > 0;
    }

    void start() {
        processor.begin();
        startedAt = System.nanoTime();
    }

    private void stop() {
        passed += System.nanoTime() - startedAt;
        cpu += processor.nanos();
    }

    /** All is over, flushes too. */
    void end() {
        stop();
    }

    /** {@return whether nothing may be in flight when a lap ends} */
    boolean hasBreaks() {
        return breaks.isBetweenLaps();
    }

    /** Begins the next lap. */
    void nextLap() throws StorageException {
        if (hasBreaks()) {
            stop();
            breaks.lap();
            positions.begin();
            start();
        } else {
            positions.begin();
        }
    }

    Positions positions() {
        return positions;
    }

    /** A request is done. */
    void done(int length, long latencyNanos) {
        operations++;
        bytes += length;
        moved += length;
        latency.recordValue(Math.min(latencyNanos, LONGEST_NANOS));
    }

    /**
     * {@return whether more is to be asked for}
     *
     * @param now {@link System#nanoTime}
     * @throws StorageException {@code INTERRUPTED}
     */
    boolean goesOn(long now) throws StorageException {
        if (Thread.currentThread().isInterrupted()) {
            throw StorageException.of(Kind.INTERRUPTED, "advise", "it was interrupted")
                    .build();
        }
        long active = passed + now - startedAt;
        if (warming && (active >= warmUpNanos || moved >= most / WARM_UP_PART)) {
            warming = false;
            movedBefore = moved;
            operations = 0;
            bytes = 0;
            latency.reset();
            passed = 0;
            cpu = 0;
            start();
            active = 0;
        }
        return (warming || active < nanos) && moved - movedBefore < most && now - deadline < 0;
    }

    /** {@return how long past its deadline it is; negative before} */
    long late(long now) {
        return now - deadline;
    }

    /** {@return requests that counted} */
    public long operations() {
        return operations;
    }

    /** {@return bytes of them} */
    public long bytes() {
        return bytes;
    }

    /** {@return bytes of all requests, those before it counted too} */
    public long moved() {
        return moved;
    }

    /** {@return how long it counted} */
    public long nanos() {
        return passed;
    }

    /** {@return processor time of the process's threads meanwhile} */
    public long cpuNanos() {
        return cpu;
    }

    /** {@return the latency that so many of a hundred stay below} */
    public long latency(double percentile) {
        return latency.getValueAtPercentile(percentile);
    }
}
