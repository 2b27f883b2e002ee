package io.pinion.linux.uring;

/**
 * How far a wait may reach past operations with IOSQE_IO_DRAIN. An owner-bound ring sleeps until as many completions have
 * come in as are waited for, and takes note of them only then (IORING_SETUP_DEFER_TASKRUN): a wait for a flush and for
 * the writes before it would never end, because the flush begins when those are taken note of. So a wait ends in front of
 * each such operation, and behind it. Operations count from 0 in the order of their preparation; those before a drain
 * complete before it, those after it afterwards.
 */
final class Drains {
    private boolean outstanding;
    private int first;
    private int last;

    /** Called for each operation with IOSQE_IO_DRAIN. */
    void prepared(int operation) {
        if (!outstanding) {
            first = operation;
        }
        outstanding = true;
        last = operation;
    }

    /**
     * {@return for how many more completions a wait may be} Of several drains the places between are not kept: there it
     * goes on one by one.
     *
     * @param completed how many operations have completed, ever
     */
    int reach(int completed) {
        if (outstanding && completed - last > 0) {
            outstanding = false;
        }
        if (!outstanding) {
            return Integer.MAX_VALUE;
        }
        return completed - first < 0 ? first - completed : 1;
    }
}
