package io.pinion.benchmarks.sample;

import java.util.Arrays;
import java.util.Collection;

/** Latencies of one in so many operations of one thread, in nanoseconds. Allocates nothing after it was made. */
final class Latencies {
    private static final int MOST = 1 << 18;

    private final long[] values = new long[MOST];
    private final int mask;
    private int turn;
    private int count;

    /** @param every a power of two */
    Latencies(int every) {
        mask = every - 1;
    }

    /** {@return whether the next operation is to be timed} */
    boolean isDue() {
        return (turn++ & mask) == 0;
    }

    void add(long nanos) {
        if (count < MOST) {
            values[count++] = nanos;
        }
    }

    void reset() {
        count = 0;
    }

    /** {@return all of them, in order} */
    static long[] sorted(Collection<Latencies> all) {
        long[] sorted = all.stream()
                .flatMapToLong(one -> Arrays.stream(one.values, 0, one.count))
                .toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
