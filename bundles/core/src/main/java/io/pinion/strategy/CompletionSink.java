package io.pinion.strategy;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Takes completions: each operation ends in exactly one of the two calls, and its buffer is the caller's again, unless the
 * error {@linkplain StorageException#isBufferKept() says otherwise}, which only core's does. Called by the thread that polls,
 * inside its call; must not call the queue that it is called from.
 */
@ConsumerType
public interface CompletionSink {
    /**
     * An operation has succeeded.
     *
     * @param token what the operation was handed in with
     * @param transferred how many bytes were done: of a read less than asked only at the end (-1: at or past it, nothing),
     *     of a flush 0
     */
    void completed(long token, int transferred);

    /**
     * An operation has failed.
     *
     * @param token what the operation was handed in with
     * @param error why, and how much was done before
     */
    void failed(long token, StorageException error);
}
