package io.pinion.linux.uring;

import io.pinion.linux.Errno;
import io.pinion.strategy.StorageException.Kind;

/**
 * The flushes of one queue, in order and one at a time, each when the writes prepared before it are over: the kernel tells
 * of a failed write-back once (fsync(2)), and of two flushes at once either might be told. Used by whoever's turn it is at
 * the queue.
 */
final class QueueFlushes {
    private static final int MOST_TRIES = 16;
    private static final String REMEDY =
            "what was written since the last flush may be lost; mend the cause (see the kernel's log) and reopen"
                    + " accepting the loss";

    private final QueueSlots slots;
    private final Straight straight;
    private final SlotRing waiting;
    private boolean underWay;
    private int tries;

    QueueFlushes(QueueSlots slots, Straight straight) {
        this.slots = slots;
        this.straight = straight;
        waiting = new SlotRing(slots.depth);
    }

    void add(QueueSlot slot) {
        waiting.add(slot.number);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Puts the next on the ring, if it is its turn. */
    void startNext() {
        if (!underWay && !waiting.isEmpty() && slots.isDue(slots.of(waiting.first()))) {
            underWay = true;
            tries = 0;
            start(slots.of(waiting.take()));
        }
    }

    private void start(QueueSlot slot) {
        tries++;
        straight.prepareFlush(slot);
    }

    /** Takes what the kernel answered; {@return whether the flush is over, with its error in the slot} Else it is tried again. */
    boolean isOver(QueueSlot slot, int result) {
        boolean again = Errno.ECANCELED.is(result) || Errno.EINTR.is(result) || Errno.EAGAIN.is(result);
        if (again && tries < MOST_TRIES) {
            start(slot);
            return false;
        }
        underWay = false;
        if (result < 0) {
            slot.error =
                    Errno.failure(Kind.FLUSH_FAILED, "flush", result, REMEDY).build();
        }
        return true;
    }
}
