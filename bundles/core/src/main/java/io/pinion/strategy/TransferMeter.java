package io.pinion.strategy;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where a channel reports what did not go the intended way: bytes that had to be copied, operations that fell back, and
 * why. What it does not report went as its {@link Capability capabilities} promise. Reports add up over all channels of
 * one strategy on one volume.
 *
 * <p>Safe for any thread; a {@link Cause} is looked up once and then counts without allocating.
 */
public final class TransferMeter {
    /**
     * What the words of a cause end with when a strategy that goes past the page cache had operations go through it: whoever
     * measures that strategy has to know.
     */
    public static final String THROUGH_THE_CACHE = "page cache instead";

    private final Map<String, Cause> causes = new ConcurrentHashMap<>();
    private final LongAdder pinned = new LongAdder();

    /** One reason, and what happened for it. */
    public static final class Cause {
        private final LongAdder bouncedBytes = new LongAdder();
        private final LongAdder bounces = new LongAdder();
        private final LongAdder fallbacks = new LongAdder();

        private Cause() {}

        /** Counts one transfer that went through a copy of ours, and its bytes; -1, the end of a file, is none. */
        public void bounced(long bytes) {
            bounces.increment();
            bouncedBytes.add(Math.max(0, bytes));
        }

        /** Counts one operation that was done in another way than the strategy stands for. */
        public void fellBack() {
            fallbacks.increment();
        }
    }

    /**
     * What has been counted for one reason.
     *
     * @param bounces transfers that were copied
     * @param bouncedBytes how much of them was
     * @param fallbacks operations done in another way
     */
    public record Count(long bounces, long bouncedBytes, long fallbacks) {}

    /** {@return the cause that these words name, such as {@code buffer address is not a multiple of 512}; few and constant} */
    public Cause cause(String words) {
        return causes.computeIfAbsent(words, w -> new Cause());
    }

    /** Reports a change in how many bytes the channel holds pinned. */
    public void pinned(long change) {
        pinned.add(change);
    }

    /** {@return how many bytes are pinned now} */
    public long pinnedBytes() {
        return pinned.sum();
    }

    /** {@return how many bytes were copied, over all causes} */
    public long bouncedBytes() {
        long bytes = 0;
        for (Cause cause : causes.values()) {
            bytes += cause.bouncedBytes.sum();
        }
        return bytes;
    }

    /** {@return what has been counted, by cause} */
    public Map<String, Count> counts() {
        Map<String, Count> counts = new TreeMap<>();
        causes.forEach(
                (words, c) -> counts.put(words, new Count(c.bounces.sum(), c.bouncedBytes.sum(), c.fallbacks.sum())));
        return counts;
    }
}
