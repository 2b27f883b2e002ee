package io.pinion.tck;

import io.pinion.strategy.Geometry;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** A bare FileChannel, as one would write it at first: an interrupt closes it for everybody. */
final class NaiveFile implements PositionalChannel {
    private final FileChannel file;

    NaiveFile(Target target) throws StorageException {
        try {
            file = FileChannel.open(target.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failure("open", e);
        }
    }

    private static StorageException failure(String operation, IOException e) {
        Kind kind = e instanceof ClosedChannelException ? Kind.CLOSED : Kind.IO_ERROR;
        return StorageException.of(kind, operation, e.toString()).cause(e).build();
    }

    @Override
    public Geometry geometry() {
        return MemoryStrategy.GEOMETRY;
    }

    @Override
    public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
        try {
            return file.read(target, position);
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    @Override
    public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
        try {
            return file.write(source, position);
        } catch (IOException e) {
            throw failure("write", e);
        }
    }

    @Override
    public long size() throws StorageException {
        try {
            return file.size();
        } catch (IOException e) {
            throw failure("size", e);
        }
    }

    @Override
    public void setSize(long size) throws StorageException {
        throw StorageException.of(Kind.UNSUPPORTED, "setSize", "naive").build();
    }

    @Override
    public void flush() throws StorageException {
        try {
            file.force(false);
        } catch (IOException e) {
            throw failure("flush", e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
