package io.pinion.linux.uring;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The operations of one queue, in arrays made once. Each time that a slot goes on the ring it gets another generation, which
 * is in the user data: whoever looks at an old completion of the slot sees that it is old.
 */
final class QueueSlots {
    static final byte READ = 0;
    static final byte WRITE = 1;
    static final byte FLUSH = 2;

    private static final long NO_ADMISSION = -1;
    private static final long SLOT = 0xffff_ffffL;

    final int depth;
    final byte[] operation;
    final ByteBuffer[] buffer;
    final int[] index;
    final int[] length;
    final long[] position;
    final long[] token;
    final TransferFlags[] flags;
    final int[] rwFlags;
    final int[] done;
    final boolean[] underWay;
    final boolean[] onRing;
    final boolean[] cancelled;
    final long[] writesBefore;
    final StorageException[] error;
    final SlotRing free;
    /** Those that are over and not delivered yet. */
    final SlotRing ready;

    private final int[] generation;

    /** Generation and admission of an operation on the ring; taken out once, by whoever sees first that it is over. */
    private final AtomicLongArray admissions;

    QueueSlots(int depth) {
        this.depth = depth;
        operation = new byte[depth];
        buffer = new ByteBuffer[depth];
        index = new int[depth];
        length = new int[depth];
        position = new long[depth];
        token = new long[depth];
        flags = new TransferFlags[depth];
        rwFlags = new int[depth];
        done = new int[depth];
        underWay = new boolean[depth];
        onRing = new boolean[depth];
        cancelled = new boolean[depth];
        writesBefore = new long[depth];
        error = new StorageException[depth];
        generation = new int[depth];
        admissions = new AtomicLongArray(depth);
        ready = new SlotRing(depth);
        free = new SlotRing(depth);
        for (int slot = 0; slot < depth; slot++) {
            free.add(slot);
            admissions.set(slot, NO_ADMISSION);
        }
    }

    int take(byte what, long newToken, TransferFlags newFlags) {
        int slot = free.take();
        operation[slot] = what;
        token[slot] = newToken;
        flags[slot] = newFlags;
        done[slot] = 0;
        underWay[slot] = true;
        cancelled[slot] = false;
        error[slot] = null;
        return slot;
    }

    void give(int slot) {
        buffer[slot] = null;
        flags[slot] = null;
        error[slot] = null;
        free.add(slot);
    }

    /** The operation is over: its result or error is to be delivered. */
    void finish(int slot) {
        underWay[slot] = false;
        ready.add(slot);
    }

    /** {@return what an error calls a transfer} */
    String word(int slot) {
        return operation[slot] == WRITE ? "write" : "read";
    }

    /** {@return whether every write that was prepared before the flush is over} */
    boolean isDue(int flush) {
        for (int slot = 0; slot < depth; slot++) {
            if (underWay[slot] && operation[slot] == WRITE && writesBefore[slot] < writesBefore[flush]) {
                return false;
            }
        }
        return true;
    }

    /** {@return the user data under which the slot goes on the ring this time} */
    long begin(int slot, int admission) {
        int number = ++generation[slot] & Integer.MAX_VALUE;
        onRing[slot] = true;
        if (admission >= 0) {
            admissions.setRelease(slot, (long) number << Integer.SIZE | admission);
        }
        return userData(number, slot);
    }

    /** {@return the user data of a slot that is on the ring} */
    long userData(int slot) {
        return userData(generation[slot] & Integer.MAX_VALUE, slot);
    }

    private static long userData(int number, int slot) {
        return (long) number << Integer.SIZE | slot;
    }

    static int slot(long userData) {
        return (int) userData;
    }

    /** {@return the admission that this operation still has, which it has no more; negative when there is none} */
    int takeAdmission(long userData) {
        int slot = slot(userData);
        long held = admissions.get(slot);
        boolean its = held != NO_ADMISSION && held >>> Integer.SIZE == userData >>> Integer.SIZE;
        return its && admissions.compareAndSet(slot, held, NO_ADMISSION) ? (int) (held & SLOT) : -1;
    }

    /** {@return the admission that the slot has, whatever became of its operation, which it has no more; or negative} */
    int takeAdmissionOf(int slot) {
        long held = admissions.getAndSet(slot, NO_ADMISSION);
        return held == NO_ADMISSION ? -1 : (int) (held & SLOT);
    }
}
