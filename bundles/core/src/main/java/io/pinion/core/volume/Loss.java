package io.pinion.core.volume;

import io.pinion.strategy.StorageException;

/**
 * What a flush of a drive that failed has lost. It outlives the channel: a swap, a strategy that leaves and a reopening flush as
 * well, and have nobody to tell. So the next caller is told, before he repositions the tape and it is over; until then no flush
 * succeeds. Noted on any thread, told to one at a time.
 */
final class Loss {
    private volatile StorageException failure;
    private volatile boolean told;

    /** A flush has failed; the first failure stays. */
    synchronized void note(StorageException failed) {
        failure = failure == null ? failed : failure;
    }

    /** {@return whether one has, and it is not over} */
    boolean isPending() {
        return failure != null;
    }

    /** A caller knows. */
    synchronized void isTold() {
        told = true;
    }

    /** Tells a caller, if none knows yet. */
    void tell() throws StorageException {
        if (failure != null && !told) {
            refuse();
        }
    }

    /** Tells a caller, also when one knows already. */
    synchronized void refuse() throws StorageException {
        if (failure != null) {
            told = true;
            throw failure;
        }
    }

    /** Somebody who knew has repositioned the tape. */
    synchronized void over() {
        failure = null;
        told = false;
    }
}
