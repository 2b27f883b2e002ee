package io.pinion.linux.uring;

import io.pinion.strategy.TransferFlags;
import java.util.concurrent.atomic.AtomicLongArray;

/** The operations of one queue, made once. */
final class QueueSlots {
    private static final long NO_ADMISSION = -1;
    private static final long LOW = 0xffff_ffffL;

    final int depth;
    final QueueSlot[] all;
    final SlotRing free;
    /** Those that are over and not delivered yet. */
    final SlotRing ready;

    /** Generation and admission of an operation on the ring; taken out once, by whoever sees first that it is over. */
    private final AtomicLongArray admissions;

    QueueSlots(int depth) {
        this.depth = depth;
        all = new QueueSlot[depth];
        admissions = new AtomicLongArray(depth);
        ready = new SlotRing(depth);
        free = new SlotRing(depth);
        for (int number = 0; number < depth; number++) {
            all[number] = new QueueSlot(number);
            free.add(number);
            admissions.set(number, NO_ADMISSION);
        }
    }

    QueueSlot of(int number) {
        return all[number];
    }

    /** {@return the slot whose operation went on the ring with this user data} */
    QueueSlot under(long userData) {
        return all[(int) userData];
    }

    QueueSlot take(byte operation, long token, TransferFlags flags) {
        QueueSlot slot = all[free.take()];
        slot.operation = operation;
        slot.token = token;
        slot.flags = flags;
        slot.done = 0;
        slot.underWay = true;
        slot.cancelled = false;
        return slot;
    }

    void give(QueueSlot slot) {
        slot.buffer = null;
        slot.error = null;
        free.add(slot.number);
    }

    /** The operation is over: its result or error is to be delivered. */
    void finish(QueueSlot slot) {
        slot.underWay = false;
        ready.add(slot.number);
    }

    /** {@return whether every write that was prepared before the flush is over} */
    boolean isDue(QueueSlot flush) {
        for (QueueSlot slot : all) {
            if (slot.underWay && slot.operation == QueueSlot.WRITE && slot.writesBefore < flush.writesBefore) {
                return false;
            }
        }
        return true;
    }

    /** {@return the user data under which the slot goes on the ring this time} */
    long begin(QueueSlot slot, int admission) {
        slot.begin();
        long userData = slot.userData();
        if (admission >= 0) {
            admissions.setRelease(slot.number, userData & ~LOW | admission);
        }
        return userData;
    }

    /** {@return the admission that this operation still has, which it has no more; negative when there is none} */
    int takeAdmission(long userData) {
        int number = (int) userData;
        long held = admissions.get(number);
        boolean its = held != NO_ADMISSION && held >>> Integer.SIZE == userData >>> Integer.SIZE;
        return its && admissions.compareAndSet(number, held, NO_ADMISSION) ? (int) (held & LOW) : -1;
    }

    /** {@return the admission that the slot has, whatever became of its operation, which it has no more; or negative} */
    int takeAdmissionOf(QueueSlot slot) {
        long held = admissions.getAndSet(slot.number, NO_ADMISSION);
        return held == NO_ADMISSION ? -1 : (int) (held & LOW);
    }
}
