package io.pinion.core.volume;

import io.pinion.strategy.Capability;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferMeter;

/** The queue by which a tenure serves an application's queue: the strategy's own, or one on threads. */
final class ServingQueue {
    private static final String ON_THREADS = "the strategy could not open its own queue: on threads instead";

    final Tenure tenure;
    final ChannelQueue queue;
    /** Whether it is the strategy's own, whose calls may not return. */
    final boolean ofDriver;
    /** Whether its owner alone may call it. */
    final boolean ownerBound;
    /** What each operation is counted for while the queue is one on threads for want of the strategy's own; else null. */
    final TransferMeter.Cause onThreads;
    /** Why it is not as the strategy would best have it; empty when it is. */
    final String note;

    private ServingQueue(Tenure tenure, ChannelQueue queue, String note) {
        this.tenure = tenure;
        this.queue = queue;
        this.note = note;
        ofDriver = true;
        ownerBound = queue.isOwnerBound();
        onThreads = null;
    }

    private ServingQueue(Tenure tenure, ThreadQueue queue, String note, TransferMeter.Cause onThreads) {
        this.tenure = tenure;
        this.queue = queue;
        this.note = note;
        this.onThreads = onThreads;
        ofDriver = false;
        ownerBound = false;
    }

    /** {@return whether the tenure may serve by a queue of the strategy's own} */
    static boolean mayBeOfDriver(Tenure tenure, boolean virtualOwner) {
        return !virtualOwner && tenure.examination().capabilities().contains(Capability.NATIVE_QUEUE);
    }

    /** Opens one, on its owner's thread if it may be the strategy's own. */
    static ServingQueue open(Tenure tenure, GatedVolume volume, int depth, boolean virtualOwner) {
        String note = virtualOwner ? "a queue of a virtual thread is built on threads" : "";
        TransferMeter.Cause onThreads = null;
        if (mayBeOfDriver(tenure, virtualOwner)) {
            try {
                ChannelQueue own = tenure.positional().openQueue(depth).orElse(null);
                if (own != null) {
                    return own(tenure, own, volume);
                }
                note = "strategy " + tenure.strategy() + " gave no queue of its own: built on threads";
            } catch (StorageException | RuntimeException | Error e) {
                note = "strategy " + tenure.strategy() + " could not open its queue, so it is built on threads: "
                        + e.getMessage();
                onThreads = tenure.meter().cause(ON_THREADS);
            }
        }
        return new ServingQueue(tenure, new ThreadQueue(tenure, volume, depth), note, onThreads);
    }

    /**
     * The device may be gone by now and its number another's, whose descriptors are the queue's then: such a queue gets no
     * operation. Those of the channel, by which one on threads goes, are the device's, because it was looked at after they
     * were opened.
     */
    private static ServingQueue own(Tenure tenure, ChannelQueue own, GatedVolume volume) throws StorageException {
        try {
            tenure.device().check();
            return new ServingQueue(tenure, own, heard(tenure, volume));
        } catch (StorageException | RuntimeException | Error e) {
            close(own, tenure);
            throw e;
        }
    }

    /**
     * Has the channel tell of a write-back that failed before the queue was opened, and that a durable write was told of: a
     * descriptor of the queue's own is not (fsync(2)). What fails is the volume's. Where all is flushed there is nothing to
     * tell.
     *
     * @return what it told; empty for nothing
     */
    private static String heard(Tenure tenure, GatedVolume volume) {
        if (volume.isBehind()) {
            try {
                volume.flush(tenure);
            } catch (StorageException e) {
                return e.getMessage();
            }
        }
        return "";
    }

    /** Gives it back; {@return what its strategy did wrong, empty for nothing} */
    String close() {
        return close(queue, tenure);
    }

    private static String close(ChannelQueue queue, Tenure tenure) {
        try {
            queue.close();
            return "";
        } catch (RuntimeException | Error e) {
            return "strategy " + tenure.strategy() + " broke its contract: closing its queue threw " + e;
        }
    }
}
