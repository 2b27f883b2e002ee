package io.pinion.advisor.auto;

import io.pinion.volume.TrafficObserver;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The latest operations that a volume was seen to do. Written by any number of threads, without a lock and without
 * allocation; one thread reads. What is overwritten while it is read may be mixed up, which a statistic bears.
 */
final class Samples implements TrafficObserver {
    /** How many are kept. */
    static final int KEPT = 1 << 13;

    private static final int WRITE = 1;
    private static final int SEQUENTIAL = 2;

    private final AtomicLong taken = new AtomicLong();
    private final long[] positions = new long[KEPT];
    private final int[] lengths = new int[KEPT];
    private final long[] nanos = new long[KEPT];
    private final byte[] marks = new byte[KEPT];

    @Override
    public void read(long position, int length, long latency, boolean sequential) {
        take(position, length, latency, sequential ? SEQUENTIAL : 0);
    }

    @Override
    public void write(long position, int length, long latency, boolean sequential) {
        take(position, length, latency, sequential ? WRITE | SEQUENTIAL : WRITE);
    }

    private void take(long position, int length, long latency, int mark) {
        int place = (int) (taken.getAndIncrement() % KEPT);
        positions[place] = position;
        lengths[place] = length;
        nanos[place] = latency;
        marks[place] = (byte) mark;
    }

    /** {@return how many were taken so far} */
    long taken() {
        return taken.get();
    }

    /** {@return from which on there are any, of those since this one} */
    long first(long since) {
        return Math.max(since, taken() - KEPT);
    }

    long position(long sample) {
        return positions[place(sample)];
    }

    int length(long sample) {
        return lengths[place(sample)];
    }

    long nanos(long sample) {
        return nanos[place(sample)];
    }

    boolean isWrite(long sample) {
        return (marks[place(sample)] & WRITE) != 0;
    }

    boolean isSequential(long sample) {
        return (marks[place(sample)] & SEQUENTIAL) != 0;
    }

    private static int place(long sample) {
        return (int) (sample % KEPT);
    }
}
