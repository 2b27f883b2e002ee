package io.pinion.core.volume;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has the callers of a drive take turns, in the order in which they came: somebody who asks where the tape stands gets an
 * answer between two records of somebody who writes. The wait is bounded by the drive's own time limits.
 */
final class Turns {
    private final Gated gated;
    private final ReentrantLock lock = new ReentrantLock(true);

    Turns(Gated gated) {
        this.gated = gated;
    }

    /**
     * Waits for the turn, however long. A thread that comes interrupted takes it if it is free.
     *
     * @throws StorageException {@code INTERRUPTED}, with the interrupt flag set; it is not the caller's turn then
     */
    void take(String operation) throws StorageException {
        take(operation, Long.MAX_VALUE);
    }

    /** As {@link #take(String)}, but not for longer than so many nanoseconds, the volume's drain.timeout: {@code TIMEOUT}. */
    void take(String operation, long nanos) throws StorageException {
        boolean interrupted = Thread.interrupted();
        try {
            // Not tryLock() without a time: that passes by those who wait. (A holder takes it once more.)
            if (lock.tryLock(0, TimeUnit.NANOSECONDS)) {
                return;
            }
            if (interrupted) {
                throw interrupted(operation);
            }
            if (!lock.tryLock(nanos, TimeUnit.NANOSECONDS)) {
                long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
                throw failure(
                        Kind.TIMEOUT,
                        operation,
                        "waited for drain.timeout=" + millis + "ms, while another call used " + gated
                                + "; try again when that has ended");
            }
        } catch (InterruptedException e) {
            interrupted = true;
            throw interrupted(operation);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private StorageException interrupted(String operation) {
        return failure(
                Kind.INTERRUPTED, operation, "interrupted while another call used " + gated + ", nothing was done");
    }

    private static StorageException failure(Kind kind, String operation, String words) {
        return StorageException.of(kind, operation, words).build();
    }

    void give() {
        lock.unlock();
    }
}
