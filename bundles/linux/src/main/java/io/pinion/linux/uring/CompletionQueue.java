package io.pinion.linux.uring;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/** The half of the ring that completions come out by. Not for use by several threads at a time. */
final class CompletionQueue {
    /** An entry has 16 bytes: the user data, then the result, 4 bytes, and flags. */
    private static final int ENTRY = 2 * Long.BYTES;

    private final ByteBuffer ring;
    private final int headAt;
    private final int tailAt;
    private final LongBuffer entries;
    private final int mask;
    private int head;
    private boolean delivering;

    /**
     * Makes the queue over the mapped ring.
     *
     * @param at where the struct io_cqring_offsets is in the parameters
     */
    CompletionQueue(ByteBuffer ring, ByteBuffer parameters, int at) {
        this.ring = ring;
        headAt = parameters.getInt(at);
        tailAt = parameters.getInt(at + 4);
        mask = ring.getInt(parameters.getInt(at + 8));
        entries = ring.slice(parameters.getInt(at + 20), (mask + 1) * ENTRY)
                .order(ByteOrder.nativeOrder())
                .asLongBuffer();
    }

    int size() {
        return mask + 1;
    }

    /** {@return how many completions were delivered, ever; it wraps} */
    int delivered() {
        return head;
    }

    /** {@return how many completions are posted and not delivered} */
    int ready() {
        return (int) RingMemory.INT.getAcquire(ring, tailAt) - head;
    }

    /** Delivers what is posted, each once, whatever the completion throws. */
    void deliver(RingCompletion completion) {
        int end = (int) RingMemory.INT.getAcquire(ring, tailAt);
        delivering = true;
        try {
            while (head != end) {
                int at = (head & mask) << 1;
                long userData = entries.get(at);
                int result = (int) entries.get(at + 1);
                head++;
                completion.completed(userData, result);
            }
        } finally {
            delivering = false;
            giveBack();
        }
    }

    /**
     * Shows what is posted and not delivered, to any thread, without taking it. What is delivered meanwhile may be shown as
     * well, or again; nothing is shown before it has completed.
     *
     * <p>The head is looked at first, because it never overtakes the tail that is looked at after it. By then there may have been
     * more than the ring has room for: it holds the last of them.
     */
    void show(RingCompletion observer) {
        int begin = (int) RingMemory.INT.getAcquire(ring, headAt);
        int end = (int) RingMemory.INT.getAcquire(ring, tailAt);
        for (int left = Math.min(end - begin, size()); left > 0; left--) {
            int entry = (end - left & mask) << 1;
            observer.completed(entries.get(entry), (int) entries.get(entry + 1));
        }
    }

    /** {@return whether a completion is being delivered right now} */
    boolean isDelivering() {
        return delivering;
    }

    /** Lets the kernel have the room of what was delivered. */
    void giveBack() {
        RingMemory.INT.setRelease(ring, headAt, head);
    }
}
