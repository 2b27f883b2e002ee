package io.pinion.linux.direct;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Who is inside a channel, so that descriptors and memory go when the last one has left, and closing waits for nobody.
 * Counted per stripe of threads, a pair of cache lines each, so that threads do not meet. An operation enters and leaves
 * the same stripe; hence, once closed, a stripe that is seen at 0 has nobody inside for good: those who come later look
 * at {@code closed} after counting themselves, and go.
 */
public final class Occupancy {
    /** What {@link #enter} answers when closed. */
    public static final int CLOSED = -1;

    private static final int STRIPES = 16;
    private static final int STRIDE = 16;

    private final AtomicLongArray inside = new AtomicLongArray((STRIPES + 1) * STRIDE);
    private final AtomicBoolean vacated = new AtomicBoolean();
    private final Runnable onVacant;
    private volatile boolean closed;

    /** @param onVacant run once, by whoever is last, when it is closed and empty */
    public Occupancy(Runnable onVacant) {
        this.onVacant = onVacant;
    }

    /** Comes in; {@return what to give to {@link #leave}, or {@link #CLOSED}} */
    public int enter() {
        long id = Thread.currentThread().getId();
        int stripe = (int) ((id * 0x9E3779B97F4A7C15L) >>> 60) * STRIDE + STRIDE;
        inside.getAndIncrement(stripe);
        if (closed) {
            leave(stripe);
            return CLOSED;
        }
        return stripe;
    }

    /** Goes out. */
    public void leave(int stripe) {
        inside.getAndDecrement(stripe);
        if (closed) {
            vacate();
        }
    }

    /** Lets nobody in any more. Further calls do nothing. */
    public void close() {
        closed = true;
        vacate();
    }

    private void vacate() {
        for (int stripe = STRIDE; stripe < inside.length(); stripe += STRIDE) {
            if (inside.get(stripe) != 0) {
                return;
            }
        }
        if (vacated.compareAndSet(false, true)) {
            onVacant.run();
        }
    }
}
