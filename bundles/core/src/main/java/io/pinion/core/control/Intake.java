package io.pinion.core.control;

import java.util.concurrent.TimeUnit;

/** Lets callers in until it is shut for good; whoever shuts it waits for those inside. Safe for any thread. */
final class Intake {
    private int inside;
    private boolean shut;

    /** {@return whether the caller is in, and must {@link #leave}} */
    synchronized boolean enter() {
        if (!shut) {
            inside++;
        }
        return !shut;
    }

    synchronized void leave() {
        inside--;
        notifyAll();
    }

    /** Waits up to so many nanoseconds, or until interrupted; {@return whether nobody is inside any more} */
    synchronized boolean shut(long nanos) {
        shut = true;
        long start = System.nanoTime();
        long left = nanos;
        try {
            while (inside > 0 && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = nanos - (System.nanoTime() - start);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return inside == 0;
    }
}
