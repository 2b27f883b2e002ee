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
        /** {@return whether nothing was written, or nothing is known of it yet} */
        boolean isEmpty() {
            return bytes == 0 || to <= from;
        }

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

    /** {@return where they were} */
    Stretch stretch() {
        return new Stretch(from.get(), to.get(), bytes.sum());
    }

    /** Begins anew. */
    void end() {
        from.reset();
        to.reset();
        bytes.reset();
    }
}
