package io.pinion.linux.claim;

import io.pinion.linux.SystemCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Memory for the struct iovec of preadv2(2), one for each call that runs; those that were made are used again. Safe for any
 * thread.
 */
final class IoVectors {
    private static final int SPARE = 64;

    private final SystemCalls calls;
    private final AtomicReferenceArray<IoVector> spare = new AtomicReferenceArray<>(SPARE);

    IoVectors(SystemCalls calls) {
        this.calls = calls;
    }

    /** {@return one that is the caller's until it gives it back} */
    IoVector take() {
        int first = place();
        for (int i = 0; i < SPARE; i++) {
            IoVector vector = spare.getAndSet((first + i) % SPARE, null);
            if (vector != null) {
                return vector;
            }
        }
        return new IoVector(calls);
    }

    /** Keeps it for others; of more than there is room for the rest is let go of. */
    void give(IoVector vector) {
        int first = place();
        for (int i = 0; i < SPARE; i++) {
            if (spare.compareAndSet((first + i) % SPARE, null, vector)) {
                return;
            }
        }
    }

    /** Threads begin at different places, and find their own again. */
    private static int place() {
        return (int) Thread.currentThread().getId() & SPARE - 1;
    }

    /** One struct iovec: address and length, a long each. */
    static final class IoVector {
        /** Where it is. */
        final long address;

        private final ByteBuffer memory =
                ByteBuffer.allocateDirect(2 * Long.BYTES).order(ByteOrder.nativeOrder());

        private IoVector(SystemCalls calls) {
            address = calls.address(memory);
        }

        void set(long base, long length) {
            memory.putLong(0, base).putLong(Long.BYTES, length);
        }
    }
}
