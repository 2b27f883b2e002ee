package io.pinion.core.volume;

import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.StorageException;
import io.pinion.volume.IoQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The queues of one volume, and their part in a swap: what is in flight on them must be reaped before another strategy may
 * serve. A queue that any thread may call is drained by whoever swaps; an owner-bound one by its owner alone: at its next
 * submit or poll, when it parks at the gate, or when it asks for the swap itself.
 */
public final class Queues {
    private static final int DEEPEST = 4096;
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long OWN_DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Gate gate;
    private final List<GatedQueue> open = new CopyOnWriteArrayList<>();
    /** Why what is in flight is not waited for any more; null while it is. */
    private volatile StorageException givenUp;

    Queues(Gate gate) {
        this.gate = gate;
    }

    IoQueue open(GatedVolume volume, int depth) throws StorageException {
        if (depth < 1 || depth > DEEPEST) {
            throw Arguments.invalid("openQueue", "depth=" + depth + " is not within 1 to " + DEEPEST, -1, -1);
        }
        gate.awaitOpen("openQueue", Long.MAX_VALUE);
        GatedQueue queue = new GatedQueue(volume, gate, this, depth);
        open.add(queue);
        return queue;
    }

    void gone(GatedQueue queue, Cell counted) {
        if (open.remove(queue)) {
            gate.tally().give(counted);
        }
    }

    /** Reaps what is in flight on the calling thread's own queues, because it is about to wait for others. */
    public void drainOwn() {
        for (GatedQueue queue : open) {
            if (queue.isOwner()) {
                queue.drainAsOwner(OWN_DRAIN_NANOS);
            }
        }
    }

    /**
     * Waits, at a closed gate, until nothing of the volume is in flight, on queues or without, and reaps what may be reaped
     * from here.
     *
     * @return whether that came true in so many nanoseconds
     */
    public boolean awaitQuiet(long nanos) {
        long start = System.nanoTime();
        while (true) {
            boolean quiet = gate.awaitQuiet(open.isEmpty() ? nanos - (System.nanoTime() - start) : 0);
            for (GatedQueue queue : open) {
                quiet &= queue.drainFromOutside();
            }
            if (quiet && gate.inFlight() == 0) {
                return true;
            }
            if (System.nanoTime() - start > nanos) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /**
     * Waits no more, at a closed gate, for what is in flight on queues: it ends with this. On an owner-bound queue it does at
     * the owner's next call. What the driver holds it holds until it is quiet, and counts as in flight.
     */
    public void giveUp(StorageException gone) {
        givenUp = gone;
        for (GatedQueue queue : open) {
            queue.giveUpFromOutside(gone);
        }
    }

    /** {@return why what is in flight is not waited for any more; null while it is} */
    StorageException givenUp() {
        return givenUp;
    }

    /**
     * Takes the queues of a driver that serves no more away, at a closed gate with nothing in flight.
     *
     * @return them, for the caller to close: that is the driver's code
     */
    public List<ChannelQueue> detach() {
        return open.stream()
                .flatMap(queue -> queue.detachFromOutside().stream())
                .toList();
    }

    /** Hands what waits on queues without a driver's own to the tenure, before the gate is opened to it. */
    public void resume(Tenure tenure) {
        givenUp = null;
        for (GatedQueue queue : open) {
            queue.resumeFromOutside(tenure);
        }
    }

    /** Closes the queues whose owner has ended, as far as they can be. For housekeeping, while the gate is open. */
    public void sweep() {
        gate.tally().sweep();
        for (GatedQueue queue : open) {
            queue.sweep();
            queue.settle();
        }
    }

    /** Closes all queues, of a volume that is being closed; what is in flight keeps its buffers. */
    public void close() {
        for (GatedQueue queue : open) {
            queue.close();
        }
    }

    /** {@return for each queue with something in flight: its thread, how much, and when it last polled} */
    public List<String> inFlight() {
        List<String> words = new ArrayList<>();
        for (GatedQueue queue : open) {
            if (queue.inDriver() > 0) {
                words.add(queue.describe());
            }
        }
        return words;
    }

    /** {@return why queues are not driven as the driver would best do it; without repetitions} */
    public List<String> notes() {
        return open.stream()
                .map(GatedQueue::note)
                .filter(note -> !note.isEmpty())
                .distinct()
                .toList();
    }
}
