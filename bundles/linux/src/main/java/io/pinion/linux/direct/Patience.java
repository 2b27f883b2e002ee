package io.pinion.linux.direct;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * Waits for other operations of the channel. They take as long as the device does, so what is bounded is the time in which
 * none of them ends; it is longer than the kernel tries before it gives a device up. An interrupt does not end the wait, and stays pending.
 */
final class Patience {
    static final long SECONDS = 300;

    private static final long BRIEF_MILLIS = 2;

    private Patience() {}

    /**
     * Waits for one signal; the caller holds the condition's lock, and asks again what it waits for.
     *
     * @param what what is waited for, as a sentence for the operator
     * @throws StorageException {@code TIMEOUT}
     */
    static void await(Condition condition, String operation, String what) throws StorageException {
        long since = System.nanoTime();
        while (!isSignalled(condition)) {
            check(since, operation, what);
        }
    }

    /**
     * Waits for one signal, as long as a look at what gives none should take; otherwise as {@link #await(Condition, String,
     * String)}.
     *
     * @param since when the last signal came
     * @return when the last signal came by now
     */
    static long awaitBriefly(Condition condition, long since, String operation, String what) throws StorageException {
        if (isSignalled(condition)) {
            return System.nanoTime();
        }
        check(since, operation, what);
        return since;
    }

    private static void check(long since, String operation, String what) throws StorageException {
        if (System.nanoTime() - since > TimeUnit.SECONDS.toNanos(SECONDS)) {
            String detail = what + ", and none has ended for " + SECONDS + " s; does the device still answer?";
            throw StorageException.of(Kind.TIMEOUT, operation, detail).build();
        }
    }

    private static boolean isSignalled(Condition condition) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return condition.await(BRIEF_MILLIS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
