package io.pinion.linux.uring;

import io.pinion.linux.Errno;
import io.pinion.linux.SystemCalls;
import java.nio.ByteBuffer;

/**
 * The operations of one queue that are done aside: those that wait to be begun, those that run, and the ring's read of the
 * counter by which its owner wakes when one is over. Used by whoever's turn it is at the queue.
 */
final class Detours {
    private final Aside aside;
    private final Straight straight;
    private final QueueSlots slots;
    private final SlotRing waiting;
    private final ByteBuffer counted = ByteBuffer.allocateDirect(Long.BYTES);
    private final long countedAt;
    private final long wake;
    private int running;
    private boolean armed;

    /** @param wake the user data under which the ring completes the read of the counter */
    Detours(SystemCalls calls, Aside aside, Straight straight, QueueSlots slots, long wake) {
        this.aside = aside;
        this.straight = straight;
        this.slots = slots;
        this.wake = wake;
        waiting = new SlotRing(slots.depth);
        countedAt = calls.address(counted);
    }

    /** Has the rest of an operation done aside, from the next submit on. */
    void add(QueueSlot slot) {
        waiting.add(slot.number);
    }

    boolean areRunning() {
        return running > 0;
    }

    /** Begins what waits, unless it has been cancelled. */
    void start() {
        while (!waiting.isEmpty()) {
            QueueSlot slot = slots.of(waiting.take());
            if (slot.cancelled) {
                finishCancelled(slot);
            } else {
                running++;
                aside.start(slot);
            }
        }
        if (running > 0 && !armed) {
            armed = true;
            straight.prepareWake(aside.counter(), countedAt, wake);
        }
    }

    private void finishCancelled(QueueSlot slot) {
        slot.error = Errno.failure(slot.word(), Errno.ECANCELED.result())
                .range(slot.position, slot.length)
                .transferred(slot.done)
                .build();
        slots.finish(slot);
    }

    /** Finishes what is over. */
    void reap() {
        while (running > 0) {
            QueueSlot slot = aside.next();
            if (slot == null) {
                return;
            }
            running--;
            slots.finish(slot);
        }
    }

    /** Has the ring's read of the counter complete; {@return whether there is one} */
    boolean wake() {
        if (armed) {
            aside.wake();
        }
        return armed;
    }

    /** The ring has read the counter. */
    void woke() {
        armed = false;
    }
}
