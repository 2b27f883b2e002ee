package io.pinion.linux.claim;

import io.pinion.linux.Linux;
import io.pinion.linux.uring.QueuedTransfers;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** What of a queue on the page cache goes on its ring: all of it, to the end of the file and beyond. Of one queue. */
final class CachedTransfers implements QueuedTransfers {
    private final PositionalChannel channel;
    private final Predicate<TransferFlags> uncached;
    private final BooleanSupplier all;
    private final Trail trail;
    private final Forgetting forgetting;

    /** What the flush that is under way leaves clean; after one that failed, of that as well. */
    private Trail.Stretch covered = Trail.Stretch.NONE;

    /**
     * Of a queue that is about to be opened.
     *
     * @param channel does what the ring does not
     * @param uncached whether a transfer with these flags is
     * @param all whether a flush has the whole file forgotten
     */
    CachedTransfers(
            PositionalChannel channel,
            Predicate<TransferFlags> uncached,
            BooleanSupplier all,
            Trail trail,
            Forgetting forgetting) {
        this.channel = channel;
        this.uncached = uncached;
        this.all = all;
        this.trail = trail;
        this.forgetting = forgetting;
    }

    @Override
    public int admit(
            int slot, boolean writing, ByteBuffer buffer, int index, int length, long position, TransferFlags flags) {
        return FREELY;
    }

    @Override
    public void leave(int admission) {
        throw new IllegalStateException("admission=" + admission + " was never given");
    }

    @Override
    public int rwFlags(boolean writing, int length, long position, TransferFlags flags) {
        return uncached.test(flags) ? Linux.RWF_DONTCACHE : 0;
    }

    @Override
    public void written(long position, int result, int rwFlags) {
        if (rwFlags == Linux.RWF_DONTCACHE && result > 0) {
            trail.add(position, result);
        }
    }

    @Override
    public void flushing() {
        covered = covered.and(trail.cut());
    }

    @Override
    public void flushed() {
        forgetting.start(covered, all.getAsBoolean());
        covered = Trail.Stretch.NONE;
    }

    @Override
    public PositionalChannel channel() {
        return channel;
    }
}
