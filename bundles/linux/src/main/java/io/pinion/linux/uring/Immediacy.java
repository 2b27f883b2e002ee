package io.pinion.linux.uring;

/**
 * Whether what is handed over tends to be done when that call returns, as it is with what is in the page cache. Then it
 * is handed over by a call that does not wait: to have the kernel wait costs a clock read here and two copies there, also
 * where there turns out to be nothing to wait for. Otherwise handing over and waiting is one call; now and then it is
 * tried again whether that is needed.
 */
final class Immediacy {
    private static final int TRIED_EVERY = 64;

    private boolean expected = true;
    private int waits;

    /** {@return whether not to wait at first; then {@link #found} is to be told what came of it} */
    boolean isExpected() {
        return expected || ++waits % TRIED_EVERY == 0;
    }

    void found(boolean done) {
        expected = done;
    }
}
