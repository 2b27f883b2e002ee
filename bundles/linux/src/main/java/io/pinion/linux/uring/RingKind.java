package io.pinion.linux.uring;

import io.pinion.linux.Linux;

/**
 * How a ring's completions come to be posted (io_uring_setup(2)), best first. More may come: a reader needs a default
 * branch.
 */
public enum RingKind {
    /**
     * IORING_SETUP_SINGLE_ISSUER and _DEFER_TASKRUN, Linux 6.1: the ring is the thread's that made it, for life; every
     * call of another gives EEXIST, and nothing is posted until the owner calls. The cheapest.
     */
    OWNER_BOUND(Linux.IORING_SETUP_SINGLE_ISSUER
            | Linux.IORING_SETUP_DEFER_TASKRUN
            | Linux.IORING_SETUP_TASKRUN_FLAG
            | Linux.IORING_SETUP_SUBMIT_ALL),
    /**
     * IORING_SETUP_COOP_TASKRUN, Linux 5.19: posted when the thread that submitted enters the kernel for whatever reason,
     * which it does within a tick, and at once when it sleeps. Any thread may call, one at a time.
     */
    COOPERATIVE(Linux.IORING_SETUP_COOP_TASKRUN | Linux.IORING_SETUP_TASKRUN_FLAG | Linux.IORING_SETUP_SUBMIT_ALL),
    /** Linux 5.11: posted at once, by interrupting the thread that submitted. Any thread may call, one at a time. */
    PLAIN(0);

    private final int flags;

    RingKind(int flags) {
        this.flags = flags;
    }

    int flags() {
        return flags;
    }

    /** {@return whether the thread that made the ring is the only one that may call} */
    public boolean isOwnerBound() {
        return this == OWNER_BOUND;
    }
}
