package io.pinion.direct;

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

    private Patience() {}

    /**
     * Waits for one signal; the caller holds the condition's lock, and asks again what it waits for.
     *
     * @param what what is waited for, as a sentence for the operator
     * @throws StorageException {@code TIMEOUT}
     */
    static void await(Condition condition, String operation, String what) throws StorageException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (condition.await(SECONDS, TimeUnit.SECONDS)) {
                        return;
                    }
                    String detail = what + ", and none has ended for " + SECONDS + " s; does the device still answer?";
                    throw StorageException.of(Kind.TIMEOUT, operation, detail).build();
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
