package io.pinion.advisor.measure;

import io.pinion.advisor.Load;
import io.pinion.advisor.Way;
import io.pinion.strategy.TransferFlags;

/**
 * How a way is gone here.
 *
 * @param way which
 * @param strategy by which strategy
 * @param mode how that says that bytes move
 * @param flags what each transfer wishes
 * @param depth how many requests at once; 1 without a queue
 * @param ordinary whether by ordinary buffers
 */
record Approach(Way way, String strategy, String mode, TransferFlags flags, int depth, boolean ordinary) {
    static Approach of(Way way, String strategy, String mode, Load load) {
        boolean queued = way.isDirect() ? way.isQueued() : load.depth() > 1;
        return new Approach(
                way,
                strategy,
                mode,
                way == Way.BUFFERED_UNCACHED ? TransferFlags.UNCACHED : TransferFlags.NONE,
                queued ? load.depth() : 1,
                isOrdinary(way));
    }

    static boolean isOrdinary(Way way) {
        return way == Way.DIRECT_QUEUED_ORDINARY || way == Way.DIRECT_SYNCHRONOUS_ORDINARY;
    }

    /** {@return whether all that is asked for is in the page cache when it begins} */
    boolean isWarm() {
        return way == Way.BUFFERED_WARM;
    }

    /** {@return whether what has been read once is to be dropped before it is read again} */
    boolean isCold() {
        return way == Way.BUFFERED_COLD || way == Way.BUFFERED_UNCACHED;
    }
}
