package io.pinion.core.volume;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts operations and bytes, in flight and in all, exactly, at the cost of one atomic addition when an operation begins
 * and one when it ends. Striped by thread, a pair of cache lines a stripe, so that threads do not meet.
 *
 * <p>Per stripe and {@link Kind}, {@code begun} counts operations; {@code done} carries the count of ended ones in its upper
 * 20 bits (modulo 2^20: enough to tell how many are in flight) and their bytes in the lower 44, of which a part is moved
 * to {@code carried} long before it overflows.
 */
final class Tally {
    /** What an operation is counted as. */
    enum Kind {
        READ,
        WRITE,
        FLUSH,
        /** Everything else that must not overlap a swap. */
        OTHER
    }

    /** One in so many operations of a stripe is timed. */
    static final int SAMPLE_EVERY = 64;

    private static final int STRIPES = 16;
    private static final int STRIDE = 16;
    private static final int DONE = Kind.values().length;
    private static final int CARRIED = 2 * DONE;
    private static final int COUNT_SHIFT = 44;
    private static final long BYTES = (1L << COUNT_SHIFT) - 1;
    private static final long CARRY = 1L << (COUNT_SHIFT - 1);
    private static final long COUNTS = (1L << (64 - COUNT_SHIFT)) - 1;

    private final AtomicLongArray cells = new AtomicLongArray((STRIPES + 1) * STRIDE);

    /** {@return the calling thread's stripe: an operation begins and ends on the same one} */
    static int stripe() {
        long id = Thread.currentThread().getId();
        return (int) ((id * 0x9E3779B97F4A7C15L) >>> 60) * STRIDE + STRIDE;
    }

    /** Counts the beginning, with the fence of an atomic addition; {@return how many began on the stripe before} */
    long begin(int stripe, Kind kind) {
        return cells.getAndAdd(stripe + kind.ordinal(), 1);
    }

    /** Takes a beginning back: the operation did not get in. */
    void retract(int stripe, Kind kind) {
        cells.getAndAdd(stripe + kind.ordinal(), -1);
    }

    /** Counts the end of an operation that moved so many bytes. */
    void end(int stripe, Kind kind, long bytes) {
        int cell = stripe + DONE + kind.ordinal();
        long before = cells.getAndAdd(cell, (1L << COUNT_SHIFT) + bytes);
        if ((before & BYTES) >= CARRY) {
            carry(cell);
        }
    }

    /**
     * Ends of operations first, beginnings after: an operation that began before the call is seen begun, and one that is
     * seen ended has been seen begun. So 0 means that none of those runs any more.
     *
     * @return how many operations are in flight, of all kinds
     */
    long inFlight() {
        long sum = 0;
        for (int stripe = STRIDE; stripe < cells.length(); stripe += STRIDE) {
            for (int kind = 0; kind < DONE; kind++) {
                long ended = cells.get(stripe + DONE + kind) >>> COUNT_SHIFT;
                sum += (cells.get(stripe + kind) - ended) & COUNTS;
            }
        }
        return sum;
    }

    /** {@return how many operations of the kind have ended} One that only came to a closed gate is never counted. */
    long ended(Kind kind) {
        long sum = 0;
        for (int stripe = STRIDE; stripe < cells.length(); stripe += STRIDE) {
            long ended = cells.get(stripe + DONE + kind.ordinal()) >>> COUNT_SHIFT;
            long begun = cells.get(stripe + kind.ordinal());
            sum += begun - ((begun - ended) & COUNTS);
        }
        return sum;
    }

    /** {@return how many bytes operations of the kind have moved} */
    long bytes(Kind kind) {
        long sum = 0;
        for (int stripe = STRIDE; stripe < cells.length(); stripe += STRIDE) {
            sum += (cells.get(stripe + DONE + kind.ordinal()) & BYTES) + cells.get(stripe + CARRIED + kind.ordinal());
        }
        return sum;
    }

    private void carry(int cell) {
        long seen = cells.get(cell);
        while ((seen & BYTES) >= CARRY) {
            if (cells.compareAndSet(cell, seen, seen - CARRY)) {
                cells.getAndAdd(cell - DONE + CARRIED, CARRY);
            }
            seen = cells.get(cell);
        }
    }
}
