package io.pinion.tck;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assertions;

/** Waits for what another thread does, and not for ever. */
final class Await {
    /** The system property that says how long that is, in seconds; for machines that are slower than slow. */
    static final String WAIT = "pinion.tck.wait";

    private Await() {}

    /** {@return how long anything may take before the test has failed} */
    static Duration bound() {
        return Duration.ofSeconds(Integer.getInteger(WAIT, 15));
    }

    /** A question that may fail. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Returns once the condition holds. */
    static void until(String what, Condition condition) {
        long end = System.nanoTime() + bound().toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - end > 0) {
                Assertions.fail("waited for " + what + " for " + bound().toSeconds()
                        + " s in vain; if the machine is slow, or the steps are many, set -D" + WAIT + "=SECONDS");
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
