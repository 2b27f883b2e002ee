package io.pinion.linux.direct;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The ranges of the file that the writes of one queue share with others, each noted in the slot that the operation has in the
 * queue: as many as the queue is deep, without a search. One thread at a time takes, any thread leaves. See {@link WriteRanges}.
 */
final class QueuedRanges {
    private static final long FREE = -1;

    private final WriteRanges ranges;

    /** Of each slot where its range begins, and where it ends. */
    private final AtomicLongArray slots;

    QueuedRanges(WriteRanges ranges, int depth) {
        this.ranges = ranges;
        slots = new AtomicLongArray(2 * depth);
        for (int slot = 0; slot < depth; slot++) {
            slots.set(2 * slot, FREE);
        }
    }

    /** Takes a range that others may write as well, though not alone, if that needs no wait; {@return whether it is taken} */
    boolean tryShare(int slot, long from, long to) {
        if (slots.get(2 * slot) != FREE) {
            // Another thread has seen that the last write of the slot is over, and is about to leave its range.
            return false;
        }
        slots.setPlain(2 * slot + 1, to);
        slots.set(2 * slot, from);
        if (ranges.isWantedAlone()) {
            leave(slot);
            return false;
        }
        return true;
    }

    /** Gives the range of a slot back. */
    void leave(int slot) {
        slots.setRelease(2 * slot, FREE);
        ranges.signalLeft();
    }

    boolean meets(long from, long to) {
        for (int base = 0; base < slots.length(); base += 2) {
            long start = slots.get(base);
            if (start >= 0 && start < to && from < slots.get(base + 1)) {
                return true;
            }
        }
        return false;
    }
}
