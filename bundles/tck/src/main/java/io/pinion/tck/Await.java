package io.pinion.tck;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/** Waits for what another thread does, and not for ever. */
final class Await {
    /** How long anything may take before the test has failed. */
    static final Duration BOUND = Duration.ofSeconds(15);

    private Await() {}

    /** A question that may fail. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Returns once the condition holds. */
    static void until(String what, Condition condition) {
        long end = System.nanoTime() + BOUND.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - end > 0) {
                Assertions.fail("waited for " + what + " for " + BOUND.toSeconds() + " s in vain");
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (Exception e) {
            throw new AssertionError("while waiting: " + e, e);
        }
    }
}
