package io.pinion.linux.claim;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Where in a file writes were uncached of late. Safe for any thread, without a lock; what is added meanwhile may be missed. */
final class Trail {
    private final LongAccumulator from = new LongAccumulator(Math::min, Long.MAX_VALUE);
    private final LongAccumulator to = new LongAccumulator(Math::max, 0);
    private final LongAdder bytes = new LongAdder();

    /**
     * The range that they were in.
     *
     * @param bytes how many of it were written
     */
    record Stretch(long from, long to, long bytes) {
        /** {@return whether at least half of it was written: to forget all of it takes little from others} */
        boolean isDense() {
            return bytes >= (to - from) / 2;
        }
    }

    void add(long position, long length) {
        from.accumulate(position);
        to.accumulate(position + length);
        bytes.add(length);
    }

    boolean isEmpty() {
        return bytes.sum() == 0;
    }

    /** {@return where they were, which is forgotten with that} */
    Stretch end() {
        return new Stretch(from.getThenReset(), to.getThenReset(), bytes.sumThenReset());
    }
}
