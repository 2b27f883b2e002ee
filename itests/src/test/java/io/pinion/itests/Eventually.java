package io.pinion.itests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what becomes true by itself, within a bound. */
final class Eventually {
    /** Long enough for a slow, shared machine; what works takes a fraction of it. */
    static final Duration BOUND = Duration.ofSeconds(20);

    private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();

    private Eventually() {}

    /** Returns once the condition holds; fails, with what is found then, when it does not within the bound. */
    static void holds(String what, Callable<Boolean> condition, Supplier<?> found) {
        holds(what, BOUND, condition, found);
    }

    /** As {@link #holds(String, Callable, Supplier)}, within a bound of its own. */
    static void holds(String what, Duration bound, Callable<Boolean> condition, Supplier<?> found) {
        long start = System.nanoTime();
        while (!isTrue(condition)) {
            if (System.nanoTime() - start > bound.toNanos()) {
                throw new AssertionError("not within " + bound.toMillis() + " ms: " + what + "; found: " + found.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static boolean isTrue(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception e) {
            throw new AssertionError("the condition threw", e);
        }
    }
}
