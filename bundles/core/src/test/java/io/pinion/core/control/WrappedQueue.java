package io.pinion.core.control;

import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;

/** A driver's queue that behaves, for tests to have it not. */
class WrappedQueue implements ChannelQueue {
    private final ChannelQueue queue;

    WrappedQueue(ChannelQueue queue) {
        this.queue = queue;
    }

    @Override
    public int depth() {
        return queue.depth();
    }

    @Override
    public void read(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        queue.read(buffer, index, length, position, token, flags);
    }

    @Override
    public void write(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        queue.write(buffer, index, length, position, token, flags);
    }

    @Override
    public void flush(long token) {
        queue.flush(token);
    }

    @Override
    public int submit(int minimum, long timeoutNanos) throws StorageException {
        return queue.submit(minimum, timeoutNanos);
    }

    @Override
    public int poll(CompletionSink sink) throws StorageException {
        return queue.poll(sink);
    }

    @Override
    public int pending() {
        return queue.pending();
    }

    @Override
    public boolean isQuiet() {
        return true;
    }

    @Override
    public void close() {
        queue.close();
    }
}
