package io.pinion.itests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what becomes true by itself, within a bound. */
final class Eventually {
    /** Long enough for a slow, shared machine; what works takes a fraction of it. */
    static final Duration BOUND = Duration.ofSeconds(20);

    private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

    private Eventually() {}

    /** Returns once the condition holds; fails, with what is found then, when it does not within the bound. */
    static void holds(String what, Callable<Boolean> condition, Callable<?> found) {
        holds(what, BOUND, condition, found);
    }

    /** As {@link #holds(String, Callable, Supplier)}, within a bound of its own. */
    static void holds(String what, Duration bound, Callable<Boolean> condition, Callable<?> found) {
        long start = System.nanoTime();
        while (!call(condition)) {
            if (System.nanoTime() - start > bound.toNanos()) {
                throw new AssertionError("not within " + bound.toMillis() + " ms: " + what + "; found: " + call(found));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static <T> T call(Callable<T> question) {
        try {
            return question.call();
        } catch (Exception e) {
            throw new AssertionError("looking threw", e);
        }
    }
}
