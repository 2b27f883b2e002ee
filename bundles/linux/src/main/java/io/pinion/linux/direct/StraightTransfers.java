package io.pinion.linux.direct;

import io.pinion.linux.uring.QueuedTransfers;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import io.pinion.strategy.TransferMeter.Cause;
import java.nio.ByteBuffer;

/**
 * What of a queue goes on its ring: whole blocks within the file, from and to memory that the kernel can take as it is. A
 * write has its {@link WriteRanges range} until it is over; one that would have to wait for it is left to the channel.
 */
final class StraightTransfers implements QueuedTransfers {
    private final DirectChannel channel;
    private final Failures failures;
    private final Alignment alignment;
    private final Writes writes;
    private final QueuedRanges ranges;
    private final Cause unregistered;

    StraightTransfers(
            DirectChannel channel,
            Failures failures,
            Alignment alignment,
            Writes writes,
            QueuedRanges ranges,
            TransferMeter meter) {
        this.channel = channel;
        this.failures = failures;
        this.alignment = alignment;
        this.writes = writes;
        this.ranges = ranges;
        unregistered = meter.cause("a lease's memory is not registered with its queue's ring: looked up each time");
    }

    @Override
    public int admit(
            int slot, boolean writing, ByteBuffer buffer, int index, int length, long position, TransferFlags flags) {
        int unit = writing ? alignment.write() : alignment.read();
        if (((position | length) & unit - 1) != 0 || !alignment.suits(buffer, index)) {
            return ASIDE;
        }
        if (flags.contains(TransferFlags.ATOMIC)) {
            // The channel knows what the file takes as one, and refuses the rest.
            return ASIDE;
        }
        if (writing) {
            return writes.tryShare(ranges, slot, position, position + length) ? slot : ASIDE;
        }
        return position + length <= writes.length() ? FREELY : ASIDE;
    }

    @Override
    public void leave(int admission) {
        ranges.leave(admission);
    }

    @Override
    public void unregistered() {
        unregistered.fellBack();
    }

    @Override
    public StorageException failure(String operation, int result, long position, int length) {
        return failures.transfer(operation, result, position, length, 0);
    }

    @Override
    public PositionalChannel channel() {
        return channel;
    }
}
