package io.pinion.core.volume;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Counters of operations that began, that ended, and of their bytes. A cell of one thread alone is written by plain stores
 * and one fence; a shared one by atomic additions. On cache lines of its own.
 */
final class Cell {
    /** What an operation is counted as. */
    enum Kind {
        READ("read"),
        WRITE("write"),
        /** A write that is durable when it completes, so that no flush needs to follow. */
        DURABLE_WRITE("durable write"),
        FLUSH("flush"),
        /** Everything else that must not overlap a swap. */
        OTHER("geometry, capabilities, size, setSize or with");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** {@return the methods that are counted so, for an operator} */
        String words() {
            return words;
        }
    }

    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int KINDS = Kind.values().length;
    private static final int PADDING = 8;
    private static final int BEGUN = PADDING;
    private static final int ENDED = BEGUN + KINDS;
    private static final int BYTES = ENDED + KINDS;

    private static final int ENDPOINTS = BYTES + KINDS;

    private final long[] counts = new long[ENDPOINTS + KINDS + PADDING];
    private final boolean shared;

    Cell(boolean shared) {
        this.shared = shared;
        Arrays.fill(counts, ENDPOINTS, ENDPOINTS + KINDS, -1);
    }

    /** Notes where an operation's bytes end, for the next one of its kind. */
    void note(Kind kind, long end) {
        counts[ENDPOINTS + kind.ordinal()] = end;
    }

    /** {@return whether the operation of the kind that was noted last ended here} On a cell that threads share, roughly. */
    boolean isNoted(Kind kind, long position) {
        return counts[ENDPOINTS + kind.ordinal()] == position;
    }

    /**
     * Counts the beginning of an operation. Whoever closes the gate afterwards sees it; what the caller reads afterwards is
     * not older.
     *
     * @return how many of the kind began before
     */
    long begin(Kind kind) {
        int index = BEGUN + kind.ordinal();
        if (shared) {
            return (long) COUNTS.getAndAdd(counts, index, 1L);
        }
        long before = counts[index];
        COUNTS.setOpaque(counts, index, before + 1);
        VarHandle.fullFence();
        return before;
    }

    /**
     * Counts the beginning of an operation of a queue, on its cell: whoever closes the gate looks at the queue itself first,
     * and finds somebody there, or what was counted.
     *
     * @return how many of the kind began before
     */
    long beginAtQueue(Kind kind) {
        int index = BEGUN + kind.ordinal();
        long before = counts[index];
        COUNTS.setRelease(counts, index, before + 1);
        return before;
    }

    /** Takes a beginning back: the operation did not get in. */
    void retract(Kind kind) {
        add(BEGUN + kind.ordinal(), -1);
    }

    /** Counts the end of an operation that moved so many bytes. */
    void end(Kind kind, long bytes) {
        add(BYTES + kind.ordinal(), bytes);
        add(ENDED + kind.ordinal(), 1);
    }

    private void add(int index, long change) {
        if (shared) {
            COUNTS.getAndAdd(counts, index, change);
        } else {
            COUNTS.setRelease(counts, index, counts[index] + change);
        }
    }

    /**
     * Ends first, beginnings after: an operation that is seen ended has been seen begun.
     *
     * @return how many operations of all kinds are in flight; transient ones of callers at a closed gate included
     */
    long inFlight() {
        long sum = 0;
        for (int kind = 0; kind < KINDS; kind++) {
            sum += inFlight(kind);
        }
        return sum;
    }

    long inFlight(Kind kind) {
        return inFlight(kind.ordinal());
    }

    private long inFlight(int kind) {
        long ended = get(ENDED + kind);
        return get(BEGUN + kind) - ended;
    }

    long ended(Kind kind) {
        return get(ENDED + kind.ordinal());
    }

    long bytes(Kind kind) {
        return get(BYTES + kind.ordinal());
    }

    private long get(int index) {
        return (long) COUNTS.getAcquire(counts, index);
    }
}
