package io.pinion.linux.claim;

import io.pinion.strategy.Geometry;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Does what a ring does not, and is not asked for more: transfers nothing, says that it did, and notes it.
 *
 * @param done where it notes it
 */
record AsideChannel(List<String> done) implements PositionalChannel {
    @Override
    public Geometry geometry() {
        return Geometry.builder().build();
    }

    @Override
    public int read(ByteBuffer target, long position, TransferFlags flags) {
        return transfer(target, flags);
    }

    @Override
    public int write(ByteBuffer source, long position, TransferFlags flags) {
        return transfer(source, flags);
    }

    private int transfer(ByteBuffer buffer, TransferFlags flags) {
        done.add("aside " + flags);
        return buffer.remaining();
    }

    @Override
    public long size() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void setSize(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void flush() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
