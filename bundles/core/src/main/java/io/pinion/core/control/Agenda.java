package io.pinion.core.control;

import java.util.concurrent.TimeUnit;

/** When a volume's reconciler looks again, and how long it waits for what may be about to come. For its thread. */
final class Agenda {
    static final long HOUSEKEEPING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Actual actual;
    private final long started = System.nanoTime();
    private long wakeIn;
    private boolean settling;

    Agenda(Actual actual) {
        this.actual = actual;
    }

    /** A look begins: so far the next one is the housekeeping's. */
    void begin() {
        wakeIn = HOUSEKEEPING_NANOS;
        settling = false;
    }

    /** The next look is to be in so many nanoseconds, if not before. */
    void lookIn(long nanos) {
        wakeIn = Math.min(wakeIn, Math.max(nanos, 1));
    }

    /** {@return in how many nanoseconds the next look is} */
    long wakeIn() {
        return wakeIn;
    }

    /** The volume waits for what may be about to come, within settle. */
    void settle() {
        settling = true;
    }

    boolean isSettling() {
        return settling;
    }

    /** {@return for how many nanoseconds something may still be about to come; not positive when that is over} */
    long settleLeft() {
        return actual.configuration.settle().toNanos() - (System.nanoTime() - started);
    }
}
