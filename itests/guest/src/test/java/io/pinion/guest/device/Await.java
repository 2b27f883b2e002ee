package io.pinion.guest.device;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what becomes true by itself, within a bound. */
public final class Await {
    /** Long enough for an emulated processor on a busy machine; what works takes a fraction of it. */
    public static final Duration BOUND = Duration.ofSeconds(60);

    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

    private Await() {}

    /** Returns once the condition holds; fails when it does not within {@link #BOUND}. */
    public static void until(String what, Callable<Boolean> condition) throws Exception {
        until(() -> what, condition);
    }

    /** As {@link #until(String, Callable)}, in words that are asked for when it fails. */
    static void until(Supplier<String> what, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > BOUND.toNanos()) {
                throw new AssertionError("not within " + BOUND.toSeconds() + " s: " + what.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
