package io.pinion.linux.claim;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where in a file writes were uncached since the last flush began. What is noted is over, so that a flush which begins after it
 * was {@link #cut} leaves it clean. Safe for any thread, without a lock.
 */
final class Trail {
    private final AtomicReference<Notes> notes = new AtomicReference<>(new Notes());

    /**
     * The range that they were in.
     *
     * @param bytes how many of it were written
     */
    record Stretch(long from, long to, long bytes) {
        /** Nowhere. */
        static final Stretch NONE = new Stretch(Long.MAX_VALUE, 0, 0);

        /** {@return whether nothing was written} */
        boolean isEmpty() {
            return bytes == 0;
        }

        /** {@return whether at least half of it was written: to forget all of it takes little from others} */
        boolean isDense() {
            return bytes >= (to - from) / 2;
        }

        /** {@return the range that both are in} Of one that is empty it is the other, as most flushes have none. */
        Stretch and(Stretch other) {
            if (isEmpty() || other.isEmpty()) {
                return isEmpty() ? other : this;
            }
            return new Stretch(Math.min(from, other.from), Math.max(to, other.to), bytes + other.bytes);
        }
    }

    /** Those from one cut to the next. */
    private static final class Notes {
        private final LongAccumulator from = new LongAccumulator(Math::min, Long.MAX_VALUE);
        private final LongAccumulator to = new LongAccumulator(Math::max, 0);
        private final LongAdder bytes = new LongAdder();

        private void add(long start, long end, long written) {
            from.accumulate(start);
            to.accumulate(end);
            bytes.add(written);
        }
    }

    /** Notes a write that is over. */
    void add(long position, long length) {
        add(position, position + length, length);
    }

    /** Notes again what was cut off, and not forgotten. */
    void add(Stretch stretch) {
        add(stretch.from, stretch.to, stretch.bytes);
    }

    /** Beside a cut it may be noted twice, which does no harm; never not at all. */
    private void add(long start, long end, long written) {
        Notes noted;
        do {
            noted = notes.get();
            noted.add(start, end, written);
        } while (notes.get() != noted);
    }

    /** {@return whether nothing is noted} */
    boolean isEmpty() {
        return notes.get().bytes.sum() == 0;
    }

    /** Begins anew; {@return what was noted until now} */
    Stretch cut() {
        if (isEmpty()) {
            return Stretch.NONE;
        }
        Notes over = notes.getAndSet(new Notes());
        return new Stretch(over.from.get(), over.to.get(), over.bytes.sum());
    }
}
