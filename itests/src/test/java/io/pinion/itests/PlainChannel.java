package io.pinion.itests;

import io.pinion.strategy.Geometry;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** The simplest channel to a file. */
class PlainChannel implements PositionalChannel {
    private final FileChannel file;

    PlainChannel(Target target) throws StorageException {
        try {
            file = FileChannel.open(target.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failure("open", e);
        }
    }

    private static StorageException failure(String operation, IOException e) {
        return StorageException.of(StorageException.Kind.IO_ERROR, operation, String.valueOf(e.getMessage()))
                .cause(e)
                .build();
    }

    @Override
    public Geometry geometry() {
        return Geometry.builder().build();
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
    public void setSize(long size) {
        throw new UnsupportedOperationException("not among the declared capabilities");
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
