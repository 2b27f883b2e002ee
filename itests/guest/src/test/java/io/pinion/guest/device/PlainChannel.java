package io.pinion.guest.device;

import io.pinion.strategy.Access;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/** A device through the page cache. No test interrupts the threads that use it. */
final class PlainChannel implements PositionalChannel {
    private final Target target;
    private final FileChannel device;

    PlainChannel(Target target, Access access) throws StorageException {
        this.target = target;
        try {
            device = FileChannel.open(
                    target.path(),
                    access.canWrite()
                            ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
                            : Set.of(StandardOpenOption.READ));
        } catch (IOException e) {
            throw StorageException.of("open", e).target(target).build();
        }
    }

    @Override
    public Geometry geometry() {
        return Geometry.builder().build();
    }

    @Override
    public int read(ByteBuffer buffer, long position, TransferFlags flags) throws StorageException {
        int begin = buffer.position();
        int length = buffer.remaining();
        try {
            int got;
            do {
                got = device.read(buffer, position + buffer.position() - begin);
            } while (got > 0 && buffer.hasRemaining());
            return length > 0 && buffer.position() == begin ? -1 : buffer.position() - begin;
        } catch (IOException e) {
            throw failure("read", e, position, length, buffer.position() - begin);
        }
    }

    @Override
    public int write(ByteBuffer buffer, long position, TransferFlags flags) throws StorageException {
        int begin = buffer.position();
        int length = buffer.remaining();
        try {
            while (buffer.hasRemaining()) {
                device.write(buffer, position + buffer.position() - begin);
            }
            return length;
        } catch (IOException e) {
            throw failure("write", e, position, length, buffer.position() - begin);
        }
    }

    private StorageException failure(String operation, IOException e, long position, int length, int done) {
        return StorageException.of(operation, e)
                .target(target)
                .range(position, length)
                .transferred(done)
                .build();
    }

    @Override
    public long size() throws StorageException {
        try {
            return device.size();
        } catch (IOException e) {
            throw StorageException.of("size", e).target(target).build();
        }
    }

    @Override
    public void setSize(long size) throws StorageException {
        throw StorageException.of(Kind.UNSUPPORTED, "set size", "a device is as long as it is")
                .target(target)
                .build();
    }

    @Override
    public void flush() throws StorageException {
        try {
            device.force(false);
        } catch (IOException e) {
            throw StorageException.of(Kind.FLUSH_FAILED, "flush", e)
                    .target(target)
                    .build();
        }
    }

    @Override
    public <T> Optional<T> adapt(Class<T> extra) {
        return target.claim().flatMap(claim -> claim.adapt(extra));
    }

    @Override
    public void close() {
        try {
            device.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
