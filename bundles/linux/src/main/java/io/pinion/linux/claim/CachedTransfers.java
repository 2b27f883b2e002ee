package io.pinion.linux.claim;

import io.pinion.linux.Linux;
import io.pinion.linux.uring.QueuedTransfers;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.function.Predicate;

/**
 * What of a queue on the page cache goes on its ring: all of it, to the end of the file and beyond.
 *
 * @param channel does what the ring does not
 * @param uncached whether a transfer with these flags is
 * @param trail where writes are noted that are
 * @param whenFlushed told of a flush that succeeded
 */
record CachedTransfers(PositionalChannel channel, Predicate<TransferFlags> uncached, Trail trail, Runnable whenFlushed)
        implements QueuedTransfers {
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
        if (!uncached.test(flags)) {
            return 0;
        }
        if (writing) {
            trail.add(position, length);
        }
        return Linux.RWF_DONTCACHE;
    }

    @Override
    public void flushed() {
        whenFlushed.run();
    }
}
