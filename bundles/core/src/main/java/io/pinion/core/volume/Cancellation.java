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
        for (int slot = 0; slot < slots.depth; slot++) {
            if (slots.cancellable[slot] && slots.token[slot] == token && slots.follow[slot] != Slots.FOLLOWING_FLUSH) {
                found++;
                slots.cancelled[slot] = true;
                if (slots.inDriver[slot]) {
                    asked++;
                    serving.queue.cancel(slots.token(slot));
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
            int slot = slots.submitted.take();
            if (slots.cancelled[slot]) {
                slots.finishCancelled(slot);
            } else {
                slots.submitted.add(slot);
            }
        }
    }
}
