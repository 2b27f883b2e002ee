package io.pinion.tck;

import io.pinion.strategy.Geometry;
import io.pinion.strategy.Handover;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;

/** A channel that passes everything on, for others to do one thing wrong. */
class Passing implements PositionalChannel {
    final PositionalChannel channel;

    Passing(PositionalChannel channel) {
        this.channel = channel;
    }

    @Override
    public Geometry geometry() {
        return channel.geometry();
    }

    @Override
    public void begin(Handover handover) throws StorageException {
        channel.begin(handover);
    }

    @Override
    public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
        return channel.read(target, position, flags);
    }

    @Override
    public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
        return channel.write(source, position, flags);
    }

    @Override
    public long size() throws StorageException {
        return channel.size();
    }

    @Override
    public void setSize(long size) throws StorageException {
        channel.setSize(size);
    }

    @Override
    public void flush() throws StorageException {
        channel.flush();
    }

    @Override
    public void close() {
        channel.close();
    }
}
