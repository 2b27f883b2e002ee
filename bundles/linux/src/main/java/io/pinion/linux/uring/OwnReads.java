package io.pinion.linux.uring;

import io.pinion.linux.SystemCalls;
import io.pinion.memory.BufferLease;
import io.pinion.strategy.StorageException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The ring that a queue's reads go on while it does little else: the owner's alone, the kind whose completions cost least
 * ({@link RingKind#OWNER_BOUND}). All that another thread may have to see, or to reap, goes on the queue's other ring; so do all
 * reads where this one is not to be had.
 *
 * <p>Nothing is lost when a read is done once more. So when another thread is to end what is in flight here, and the owner
 * doesn't come for it, the ring is given up: when the kernel is done with the memory its reads are done aside, and what follows
 * goes on the other ring. Used by whoever's turn it is at the queue, {@link #isQuiet}, {@link #absence} and {@link #refusal} by any
 * thread, {@link #release} by the one that lets go of the queue. See
 * docs/decisions/0036.
 */
final class OwnReads {
    /**
     * So many reads go on the other ring after something that has to: while there is something on both, what completes on the
     * other may be seen later.
     */
    private static final int ELSEWHERE = 1024;

    /** Within this time an owner comes that works. For one that doesn't a swap waits so long, and then for the kernel. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final Thread owner = Thread.currentThread();
    private final QueueSlots slots;
    /** Null when there is none, as is {@link #straight}. */
    private final IoUring ring;

    private final Straight straight;
    private volatile String absence = "";
    private boolean open;
    /** Whether the ring is closed, and its reads are still to be done aside. */
    private boolean givenUp;

    private int elsewhere;
    /** Since when only others have called; 0 when the owner was the last. */
    private long othersSince;

    /**
     * Makes the ring for the thread that calls.
     *
     * @param file a descriptor of what to read from, which is opened again
     * @param flags O_… of open(2)
     */
    OwnReads(SystemCalls calls, QueueSlots slots, QueuedTransfers transfers, int file, int flags) {
        this.slots = slots;
        ring = make(calls, file, flags);
        open = ring != null;
        straight = open ? new Straight(calls, ring, slots, transfers) : null;
    }

    private IoUring make(SystemCalls calls, int file, int flags) {
        IoUring made = null;
        boolean isUsable = false;
        try {
            // Each read, and its cancelling.
            made = IoUring.open(calls, RingOptions.entries(2 * slots.depth).buffers(RegisteredArenas.MOST));
            if (made.kind().isOwnerBound()) {
                QueueFiles.registerForReads(calls, made, file, flags);
                isUsable = true;
                return made;
            }
            absence = "the kernel has no rings of one thread before Linux 6.1";
        } catch (StorageException e) {
            absence = e.getMessage();
        } finally {
            if (made != null && !isUsable) {
                made.close();
            }
        }
        return null;
    }

    /** {@return why reads go on the ring that all else goes on; empty where they don't} */
    String absence() {
        return absence;
    }

    /** {@return whether the ring is the calling thread's} */
    boolean isCallers() {
        return open && Thread.currentThread() == owner;
    }

    /** {@return whether the next read goes here} Ask once for each. */
    boolean takesNext() {
        if (elsewhere > 0) {
            elsewhere--;
            return false;
        }
        return isCallers();
    }

    /** Something goes elsewhere, and for a while all does. */
    void refrain() {
        elsewhere = ELSEWHERE;
    }

    void prepare(QueueSlot slot, BufferLease lease) {
        slot.isOwners = true;
        straight.prepare(slot, lease, QueuedTransfers.FREELY);
    }

    /** Prepares to cancel a read that is here; of a ring that was given up all are cancelled. */
    void prepareCancel(QueueSlot slot, long userData) {
        if (open) {
            straight.prepareCancel(slot, userData);
        }
    }

    /** Somebody submits: the owner lets go of memory that is to be given back, of others note is taken. */
    void enter() throws StorageException {
        if (isCallers()) {
            othersSince = 0;
            straight.dropRetiring();
        } else if (othersSince == 0) {
            othersSince = System.nanoTime() | 1;
        }
    }

    /** {@return whether there is something here to wait for, on the ring or of one that was given up} */
    boolean isBusy() {
        return givenUp || open && ring.pending() > 0;
    }

    /** As {@link IoUring#submit}; the owner calls. */
    void submit(int minimum, long timeoutNanos) throws StorageException {
        ring.submit(minimum, timeoutNanos);
    }

    /**
     * Waits a moment for what is here and can't be reaped by the caller: for the owner to come, or, when it has not come for too
     * long, for the kernel to be done.
     *
     * @param nanos for how long at most
     */
    void await(long nanos) {
        if (open && System.nanoTime() - othersSince >= GRACE_NANOS) {
            giveUp("another thread had to end its reads");
        }
        if (nanos > 0) {
            LockSupport.parkNanos(Math.min(nanos, LOOK_NANOS));
        }
    }

    private void giveUp(String reason) {
        if (open) {
            open = false;
            givenUp = true;
            absence = reason;
            ring.close();
        }
    }

    /** Ends the reads of a queue that is being closed: they are not done once more. */
    void end() {
        for (QueueSlot slot : slots.all) {
            slot.cancelled |= slot.isOwners;
        }
        giveUp("");
    }

    /** Delivers what has completed, and has done aside what was given up, as far as it can be now. */
    void reap(RingCompletion completion, Detours detours) throws StorageException {
        if (givenUp) {
            takeBack(detours);
        } else if (isCallers() && ring.pending() > 0) {
            ring.reap(completion);
        }
    }

    private void takeBack(Detours detours) {
        if (!ring.isQuiet()) {
            return;
        }
        givenUp = false;
        straight.release();
        for (QueueSlot slot : slots.all) {
            if (slot.isOwners) {
                slot.left();
                detours.add(slot);
            }
        }
    }

    /** {@return whether the kernel is done with the memory of every read that was here} */
    boolean isQuiet() {
        return ring == null || ring.isQuiet();
    }

    /** {@return why reads here don't go to registered memory; empty where they do} */
    String refusal() {
        return ring == null ? "" : straight.refusal();
    }

    void close() {
        open = false;
        if (ring != null) {
            ring.close();
        }
    }

    /** Lets go of all memory, when it is quiet. */
    void release() {
        if (ring != null) {
            straight.release();
        }
    }
}
