package io.pinion.buffered;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Direct buffers for transfers from and to memory that is not: some are kept, more are made when more are needed at once. */
final class BouncePool {
    /** The largest part of a transfer that is copied at once. */
    static final int SIZE = 1 << 20;

    private static final int KEPT = 16;

    private final AtomicReferenceArray<ByteBuffer> spare = new AtomicReferenceArray<>(KEPT);

    /** {@return an empty buffer that is the caller's until it gives it back} */
    ByteBuffer take() {
        for (int i = 0; i < spare.length(); i++) {
            ByteBuffer buffer = spare.getAndSet(i, null);
            if (buffer != null) {
                return buffer.clear();
            }
        }
        return ByteBuffer.allocateDirect(SIZE);
    }

    void give(ByteBuffer buffer) {
        for (int i = 0; i < spare.length(); i++) {
            if (spare.compareAndSet(i, null, buffer)) {
                return;
            }
        }
    }
}
