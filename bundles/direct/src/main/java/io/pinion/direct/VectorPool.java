package io.pinion.direct;

import io.pinion.linux.SystemCalls;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** {@link Vectors} of a channel, made when wanted, and kept for the next: as many as are ever in use at once, up to a number. */
final class VectorPool {
    private static final int KEPT = 16;

    private final SystemCalls calls;
    private final AtomicReferenceArray<Vectors> kept = new AtomicReferenceArray<>(KEPT);

    VectorPool(SystemCalls calls) {
        this.calls = calls;
    }

    /** {@return empty ones, for the caller alone} */
    Vectors take() {
        for (int index = 0; index < KEPT; index++) {
            Vectors vectors = kept.get(index) == null ? null : kept.getAndSet(index, null);
            if (vectors != null) {
                return vectors;
            }
        }
        return new Vectors(calls);
    }

    /** Takes them back, settled. */
    void give(Vectors vectors) {
        for (int index = 0; index < KEPT; index++) {
            if (kept.get(index) == null && kept.compareAndSet(index, null, vectors)) {
                return;
            }
        }
    }
}
