package io.pinion.tck;

import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;

/** A channel to bytes in memory. It remembers nothing of them, so there is nothing to do when it takes over. */
final class MemoryChannel implements PositionalChannel {
    private final Target target;
    private final MemoryFile file;
    private volatile boolean closed;

    MemoryChannel(Target target, MemoryFile file) {
        this.target = target;
        this.file = file;
    }

    @Override
    public Geometry geometry() {
        return MemoryStrategy.GEOMETRY;
    }

    @Override
    public ChannelMode mode() {
        return ChannelMode.of("memory");
    }

    @Override
    public int read(ByteBuffer buffer, long position, TransferFlags flags) throws StorageException {
        requireOpen("read");
        return file.read(buffer, position);
    }

    @Override
    public int write(ByteBuffer buffer, long position, TransferFlags flags) throws StorageException {
        requireOpen("write");
        int wanted = buffer.remaining();
        int done = file.write(buffer, position);
        if (done < wanted) {
            throw failure(Kind.NO_SPACE, "write", "the store is full")
                    .range(position, wanted)
                    .transferred(done)
                    .build();
        }
        return done;
    }

    @Override
    public long size() throws StorageException {
        requireOpen("size");
        return file.size();
    }

    @Override
    public void setSize(long size) throws StorageException {
        requireOpen("setSize");
        file.setSize(size);
    }

    /** Nothing is kept back: what was written is where it will ever be. */
    @Override
    public void flush() throws StorageException {
        requireOpen("flush");
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen(String operation) throws StorageException {
        if (closed) {
            throw failure(Kind.CLOSED, operation, "the channel is closed").build();
        }
    }

    private StorageException.Builder failure(Kind kind, String operation, String detail) {
        return StorageException.of(kind, operation, detail).target(target).strategy(MemoryStrategy.NAME);
    }
}
