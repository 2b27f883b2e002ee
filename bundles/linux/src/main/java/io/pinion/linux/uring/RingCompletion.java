package io.pinion.linux.uring;

/** Takes what has completed. Called within {@link IoUring#reap}, by the thread that calls that. */
@FunctionalInterface
public interface RingCompletion {
    /**
     * One operation has completed: the kernel is done with its memory. More may be prepared and submitted from here; to
     * reap or close here is refused. What this throws, {@link IoUring#reap} throws; the completion counts as delivered,
     * later ones wait for the next call.
     *
     * @param userData what the operation was prepared with
     * @param result what the system call of the same name would return, {@code -errno} when negative; a transfer may be
     *     short
     */
    void completed(long userData, int result);
}
