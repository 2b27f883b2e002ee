package io.pinion.linux.uring;

/**
 * Whether what is handed over tends to be done when that call returns, as it is with what is in the page cache. Then it
 * is handed over by a call that does not wait: to have the kernel wait costs a clock read here and two copies there, also
 * where there turns out to be nothing to wait for. Otherwise handing over and waiting is one call; now and then it is
 * tried again whether that is needed.
 */
final class Immediacy {
    /** A mask: with it one call in 64 is tried. */
    private static final int SELDOM = 63;

    private int calls;
    /** When none of its bits is set in the number of a call, it is tried. */
    private int mask;

    /**
     * {@return how many completions to wait for at once, of so many that are missing} None where it is tried without. A call that
     * misses nothing does not count: with one after each other the number of a try might always be such a call's.
     */
    int awaited(int missing) {
        int call = calls;
        calls -= -missing >> Integer.SIZE - 1;
        return (call & mask) == 0 ? 0 : missing;
    }

    /**
     * Takes note of what a try has come to. Without a branch, since it is told of other calls, too: see {@code isDone} of {@link IoUring}.
     *
     * @param tried how many completions were missing, and not waited for; 0 when it was no try
     * @param missing how many are missing now; not positive when there are enough
     */
    void found(int tried, int missing) {
        int isTry = -tried >> Integer.SIZE - 1;
        int isMissing = -missing >> Integer.SIZE - 1;
        mask = mask & ~isTry | SELDOM & isMissing & isTry;
    }
}
