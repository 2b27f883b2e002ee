package io.pinion.core.volume;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Has one call at a time inside a drive. Callers take turns; a step of a swap does not, as who waits at the gate keeps his turn.
 * One that hangs is waited for no more when its bound is over, and is inside all the same, since the drive has its command. It
 * is the whole drive's, not a channel's: there is one tape, whichever channel moves it. Entering while nobody is inside
 * costs a comparison, and allocates nothing.
 */
final class Inside {
    private static final Step NONE = new Step("", "", 0);

    private final Gated gated;
    private final long patience;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Step step = NONE;

    /** @param patience how long a caller waits for a step, in nanoseconds */
    Inside(Gated gated, long patience) {
        this.gated = gated;
        this.patience = patience;
    }

    private record Step(String name, String strategy, long since) {
        @Override
        public String toString() {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
            return name + " of strategy " + strategy + ", for " + seconds + " s now";
        }
    }

    /**
     * Enters; to be {@linkplain #leave left} by the same thread. One that comes interrupted enters if nobody is inside.
     *
     * @throws StorageException {@code TIMEOUT}; {@code INTERRUPTED}, with the interrupt flag set
     */
    void enter(String operation) throws StorageException {
        if (!lock.tryLock()) {
            await(operation);
        }
    }

    /** Takes a step of a swap, of which those who wait for it are told. Throws as {@link #enter}, and as the step. */
    <T> T take(String name, String strategy, Gated.Step<T> taken) throws StorageException {
        enter(name);
        try {
            step = new Step(name, strategy, System.nanoTime());
            return taken.take();
        } finally {
            step = NONE;
            leave();
        }
    }

    private void await(String operation) throws StorageException {
        boolean entered;
        try {
            entered = lock.tryLock(patience, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(Kind.INTERRUPTED, operation, "interrupted while waiting");
        }
        if (!entered) {
            long millis = TimeUnit.NANOSECONDS.toMillis(patience);
            throw failure(Kind.TIMEOUT, operation, "waited for " + millis + " ms");
        }
    }

    private StorageException failure(Kind kind, String operation, String how) {
        String whom = busy().orElse("another call");
        return StorageException.of(
                        kind,
                        operation,
                        how + ", nothing was done: " + gated + " is busy with " + whom
                                + "; try again when that has ended, as a command to a drive does within its driver's time limits")
                .build();
    }

    void leave() {
        lock.unlock();
    }

    /** {@return the step that is inside, in words} */
    Optional<String> busy() {
        Step now = step;
        return now == NONE ? Optional.empty() : Optional.of(now.toString());
    }
}
