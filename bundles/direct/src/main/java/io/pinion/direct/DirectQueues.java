package io.pinion.direct;

import io.pinion.linux.uring.RingQueue;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferMeter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The queues of a channel, on rings. */
final class DirectQueues {
    private final DirectChannel channel;
    private final OpenFile file;
    private final Alignment alignment;
    private final TransferMeter meter;
    private final List<RingQueue> open = new CopyOnWriteArrayList<>();

    DirectQueues(DirectChannel channel, OpenFile file, Alignment alignment, TransferMeter meter) {
        this.channel = channel;
        this.file = file;
        this.alignment = alignment;
        this.meter = meter;
    }

    /** Opens one. The caller sees to it that the file stays open meanwhile. */
    ChannelQueue open(int depth, Writes writes) throws StorageException {
        open.removeIf(RingQueue::isGone);
        StraightTransfers transfers = new StraightTransfers(channel, alignment, writes, meter);
        RingQueue queue = RingQueue.open(file.calls(), file.direct(), file.flags(), transfers, depth);
        open.add(queue);
        return queue;
    }

    /** Leaves the ranges of writes that are over and that no queue's owner has come for. */
    void releaseCompleted() {
        open.forEach(RingQueue::releaseCompleted);
    }

    /** {@return the mode, with why memory that is leased is not registered} */
    ChannelMode note(ChannelMode mode) {
        Set<String> refusals = new LinkedHashSet<>();
        open.removeIf(RingQueue::isGone);
        open.forEach(queue -> refusals.add(queue.refusal()));
        ChannelMode noted = mode;
        for (String refusal : refusals) {
            noted = refusal.isEmpty() ? noted : noted.note("leased buffers go unregistered: " + refusal);
        }
        return noted;
    }
}
