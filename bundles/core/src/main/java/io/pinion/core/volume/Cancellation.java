package io.pinion.core.volume;

import io.pinion.strategy.StorageException;

/** Ends the operations of a queue that have one token. Guarded as their {@link QueueDriver} is. */
final class Cancellation {
    private final Slots slots;
    private final long token;
    private int found;

    Cancellation(Slots slots, long token) {
        this.slots = slots;
        this.token = token;
    }

    /** {@return how many have the token} */
    int found() {
        return found;
    }

    /** Marks them, and asks the driver for those that it has; {@code serving} is null when it has none. */
    void ask(ServingQueue serving) throws StorageException {
        int asked = 0;
        for (Slot slot : slots.all) {
            if (slot.cancellable && slot.token == token && slot.follow != Slot.FOLLOWING_FLUSH) {
                found++;
                slot.cancelled = true;
                if (slot.inDriver) {
                    asked++;
                    serving.queue.cancel(slot.driverToken());
                }
            }
        }
        if (asked > 0) {
            serving.queue.submit(0, 0);
        }
    }

    /** What is submitted and not begun does not begin. */
    void endWhatWaits() {
        for (int waiting = slots.submitted.size(); waiting > 0; waiting--) {
            Slot slot = slots.of(slots.submitted.take());
            if (slot.cancelled) {
                slots.finishCancelled(slot);
            } else {
                slots.submitted.add(slot.number);
            }
        }
    }
}
