package io.pinion.linux.direct;

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
    private final Failures failures;
    private final OpenFile file;
    private final Alignment alignment;
    private final TransferMeter meter;
    private final List<Open> open = new CopyOnWriteArrayList<>();

    private record Open(RingQueue queue, Writes writes, QueuedRanges ranges) {
        /** {@return whether nothing is left of it, from now on} */
        boolean isForgotten() {
            if (queue.isGone()) {
                writes.forget(ranges);
                return true;
            }
            return false;
        }
    }

    DirectQueues(DirectChannel channel, Failures failures, OpenFile file, Alignment alignment, TransferMeter meter) {
        this.channel = channel;
        this.failures = failures;
        this.file = file;
        this.alignment = alignment;
        this.meter = meter;
    }

    /** Opens one. The caller sees to it that the file stays open meanwhile. */
    ChannelQueue open(int depth, Writes writes) throws StorageException {
        open.removeIf(Open::isForgotten);
        QueuedRanges ranges = writes.openQueue(depth);
        try {
            StraightTransfers transfers = new StraightTransfers(channel, failures, alignment, writes, ranges, meter);
            RingQueue queue = RingQueue.open(file.calls(), file.direct(), file.flags(), transfers, depth);
            open.add(new Open(queue, writes, ranges));
            return queue;
        } catch (StorageException | RuntimeException | Error e) {
            writes.forget(ranges);
            throw e;
        }
    }

    /** Leaves the ranges of writes that are over and that no queue's owner has come for. */
    void releaseCompleted() {
        open.forEach(each -> each.queue().releaseCompleted());
    }

    /** {@return the mode, with the fallbacks of the queues} */
    ChannelMode note(ChannelMode mode) {
        Set<String> notes = new LinkedHashSet<>();
        open.removeIf(Open::isForgotten);
        open.forEach(each -> each.queue().notes().forEach(notes::add));
        ChannelMode noted = mode;
        for (String note : notes) {
            noted = noted.note(note);
        }
        return noted;
    }
}
