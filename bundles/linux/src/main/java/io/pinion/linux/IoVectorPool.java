package io.pinion.linux;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * {@link IoVectors} of a file, made when wanted, and kept for the next: as many as are ever in use at once, up to a number.
 * Safe for any thread.
 */
public final class IoVectorPool {
    private static final int KEPT = 64;

    private final SystemCalls calls;
    private final int room;
    private final AtomicReferenceArray<IoVectors> kept = new AtomicReferenceArray<>(KEPT);

    /** @param room for how many buffers each is, {@link IoVectors#MOST} at most */
    public IoVectorPool(SystemCalls calls, int room) {
        this.calls = calls;
        this.room = room;
    }

    /** {@return empty ones, for the caller alone} */
    public IoVectors take() {
        int first = place();
        for (int i = 0; i < KEPT; i++) {
            int index = first + i & KEPT - 1;
            IoVectors vectors = kept.get(index) == null ? null : kept.getAndSet(index, null);
            if (vectors != null) {
                return vectors;
            }
        }
        return new IoVectors(calls, room);
    }

    /** Takes them back, settled. */
    public void give(IoVectors vectors) {
        int first = place();
        for (int i = 0; i < KEPT; i++) {
            int index = first + i & KEPT - 1;
            if (kept.get(index) == null && kept.compareAndSet(index, null, vectors)) {
                return;
            }
        }
    }

    /** Threads begin at different places, and find their own again. */
    private static int place() {
        return (int) Thread.currentThread().getId() & KEPT - 1;
    }
}
