package io.pinion.linux.uring;

import io.pinion.linux.Linux;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * The half of the ring that entries go in by. The kernel takes entries during io_uring_enter(2) alone, so that its head
 * is looked at after that alone. Not for use by several threads at a time.
 */
final class SubmissionQueue {
    /** An entry has 64 bytes, which are 8 words. */
    private static final int ENTRY_SHIFT = 3;

    private final ByteBuffer ring;
    private final LongBuffer entries;
    private final int headAt;
    private final int tailAt;
    private final int flagsAt;
    private final int mask;
    private final Drains drains = new Drains();

    /** How many entries there are; 0 once the memory is gone. */
    private int size;

    private int prepared;
    private int taken;

    /**
     * Makes the queue over the mapped ring.
     *
     * @param at where the struct io_sqring_offsets is in the parameters
     */
    SubmissionQueue(ByteBuffer ring, ByteBuffer entries, ByteBuffer parameters, int at) {
        this.ring = ring;
        this.entries = entries.asLongBuffer();
        headAt = parameters.getInt(at);
        tailAt = parameters.getInt(at + 4);
        mask = ring.getInt(parameters.getInt(at + 8));
        size = ring.getInt(parameters.getInt(at + 12));
        flagsAt = parameters.getInt(at + 16);
        int indices = parameters.getInt(at + 24);
        for (int i = 0; i < size; i++) {
            ring.putInt(indices + i * Integer.BYTES, i);
        }
    }

    int size() {
        return size;
    }

    int room() {
        return Math.max(0, size - unsubmitted());
    }

    /** {@return how many entries were prepared, ever; it wraps} */
    int prepared() {
        return prepared;
    }

    /** {@return how many entries the kernel has not taken yet} */
    int unsubmitted() {
        return prepared - taken;
    }

    /**
     * Fills in a struct io_uring_sqe. What it has beyond these fields stays 0 for ever.
     *
     * @throws IllegalStateException when there is no room
     */
    void prepare(
            int operation,
            int entryFlags,
            int file,
            long offset,
            long address,
            int length,
            int operationFlags,
            long userData,
            int buffer) {
        if (prepared - taken >= size) {
            throw new IllegalStateException("no room: entries=" + size + " are prepared; submit first");
        }
        int at = (prepared & mask) << ENTRY_SHIFT;
        entries.put(at, RingMemory.word(operation | entryFlags << 8, file));
        entries.put(at + 1, offset);
        entries.put(at + 2, address);
        entries.put(at + 3, RingMemory.word(length, operationFlags));
        entries.put(at + 4, userData);
        entries.put(at + 5, buffer);
        if ((entryFlags & Linux.IOSQE_IO_DRAIN) != 0) {
            drains.prepared(prepared);
        }
        prepared++;
    }

    /** {@return for how many more completions a wait may be, after so many in all} */
    int reach(int completed) {
        return drains.reach(completed);
    }

    /** Shows the kernel what was prepared. */
    void publish() {
        RingMemory.INT.setRelease(ring, tailAt, prepared);
    }

    /** Looks how far the kernel has come. */
    void refresh() {
        taken = (int) RingMemory.INT.getAcquire(ring, headAt);
    }

    /** {@return whether one of the IORING_SQ_… flags is up} */
    boolean hasFlag(int flags) {
        return ((int) RingMemory.INT.getAcquire(ring, flagsAt) & flags) != 0;
    }

    /** From here on the memory is not touched. */
    void close() {
        size = 0;
    }
}
