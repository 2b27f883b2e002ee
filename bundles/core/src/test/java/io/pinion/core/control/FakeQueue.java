package io.pinion.core.control;

import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A queue as a ring with SINGLE_ISSUER and DEFER_TASKRUN is one: only its owner may call, and nothing completes unless the
 * owner asks.
 */
final class FakeQueue implements ChannelQueue {
    private final Thread owner = Thread.currentThread();
    private final PositionalChannel channel;
    private final int depth;
    private final boolean ownerBound;
    private final Deque<Operation> pending = new ArrayDeque<>();

    private record Operation(boolean write, ByteBuffer view, long position, long token) {}

    FakeQueue(PositionalChannel channel, int depth, boolean ownerBound) {
        this.channel = channel;
        this.depth = depth;
        this.ownerBound = ownerBound;
    }

    private void checkOwner() {
        if (ownerBound && Thread.currentThread() != owner) {
            throw new IllegalStateException("EEXIST: called by " + Thread.currentThread() + ", owned by " + owner);
        }
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public boolean isOwnerBound() {
        return ownerBound;
    }

    @Override
    public void read(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        checkOwner();
        pending.add(new Operation(false, buffer.slice(index, length), position, token));
    }

    @Override
    public void write(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        checkOwner();
        pending.add(new Operation(true, buffer.slice(index, length), position, token));
    }

    @Override
    public void flush(long token) {
        checkOwner();
        pending.add(new Operation(true, ByteBuffer.allocate(0), 0, token));
    }

    @Override
    public int submit(int minimum, long timeoutNanos) {
        checkOwner();
        return minimum == 0 ? 0 : pending.size();
    }

    @Override
    public int poll(CompletionSink sink) {
        checkOwner();
        int delivered = 0;
        for (; !pending.isEmpty() && !FakeQueueControl.isHeld(); delivered++) {
            Operation o = pending.poll();
            try {
                int n = o.write()
                        ? channel.write(o.view(), o.position(), TransferFlags.NONE)
                        : channel.read(o.view(), o.position(), TransferFlags.NONE);
                sink.completed(o.token(), n);
            } catch (StorageException e) {
                sink.failed(o.token(), e);
            }
        }
        return delivered;
    }

    @Override
    public int pending() {
        return pending.size();
    }

    @Override
    public boolean isQuiet() {
        return !owner.isAlive() || pending.isEmpty();
    }

    @Override
    public void close() {
        if (owner.isAlive() && !pending.isEmpty()) {
            checkOwner();
        }
        pending.clear();
    }
}
