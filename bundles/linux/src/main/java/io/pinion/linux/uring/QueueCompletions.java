package io.pinion.linux.uring;

import io.pinion.linux.Errno;

/** What becomes of the operations of one queue as its rings complete them. Used by whoever's turn it is at the queue. */
final class QueueCompletions implements RingCompletion {
    /** User data of what is no operation of the application. */
    static final long WAKE = -1;

    static final long CANCEL = -2;

    private final QueuedTransfers transfers;
    private final QueueSlots slots;
    private final QueueFlushes flushes;
    private final Detours detours;
    private final OwnReads own;

    QueueCompletions(QueuedTransfers transfers, QueueSlots slots, QueueFlushes flushes, Detours detours, OwnReads own) {
        this.transfers = transfers;
        this.slots = slots;
        this.flushes = flushes;
        this.detours = detours;
        this.own = own;
    }

    @Override
    public void completed(long userData, int result) {
        if (userData < 0) {
            if (userData == WAKE) {
                detours.woke();
            }
            return;
        }
        QueueSlot slot = slots.under(userData);
        slot.left();
        if (slot.operation == QueueSlot.FLUSH) {
            if (flushes.isOver(slot, result)) {
                if (slot.error == null) {
                    transfers.flushed();
                }
                slots.finish(slot);
            }
            return;
        }
        if (slot.operation == QueueSlot.WRITE) {
            leave(slots.takeAdmission(userData));
            transfers.written(slot.position, result, slot.rwFlags);
        }
        if (result == slot.length) {
            slot.done = result;
            slots.finish(slot);
        } else if (result >= 0 || isForTheChannel(result)) {
            // Short at the end of the file, refused, or cancelled with the thread that submitted it.
            slot.done = Math.max(0, result);
            if (slot.cancelled) {
                detours.add(slot);
            } else {
                detour(slot);
            }
        } else {
            slot.error = transfers.failure(slot.word(), result, slot.position, slot.length);
            slots.finish(slot);
        }
    }

    /** Has what can't go on a ring, or its rest, done aside. */
    void detour(QueueSlot slot) {
        detours.add(slot);
        own.refrain();
    }

    /**
     * What failed on the medium is tried once more, alone: the kernel makes one request of neighbours in a batch, and fails all of
     * it for one block that is bad.
     */
    private static boolean isForTheChannel(int result) {
        return Errno.EIO.is(result)
                || Errno.ENODATA.is(result)
                || Errno.EINVAL.is(result)
                || Errno.EOPNOTSUPP.is(result)
                || Errno.EAGAIN.is(result)
                || Errno.EINTR.is(result)
                || Errno.ECANCELED.is(result);
    }

    /**
     * Takes the admission back of what has completed and has not been reaped yet; any thread. Of what was not done to its end the
     * rest is done aside, later: with an admission of its own.
     */
    void shown(long userData, int result) {
        if (userData >= 0) {
            leave(slots.takeAdmission(userData));
        }
    }

    /** Takes every admission back, of a queue whose rings are no more. */
    void leaveAll() {
        for (QueueSlot slot : slots.all) {
            leave(slots.takeAdmissionOf(slot));
        }
    }

    private void leave(int admission) {
        if (admission >= 0) {
            transfers.leave(admission);
        }
    }
}
