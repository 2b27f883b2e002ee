package io.example.sealed;

import static io.example.sealed.Lane.BLOCK;

import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.Handover;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferFlags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import javax.crypto.SecretKey;

/** Bytes at offsets, made of encrypted blocks. Whoever changes the length does so alone; nobody else excludes anybody. */
final class SealedChannel implements PositionalChannel {
    static final Geometry GEOMETRY = Geometry.builder()
            .physicalBlockSize(Lane.PAGE)
            .optimalIoSize(32 * BLOCK)
            .queueDepth(SealedFile.LANES)
            .build();

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Target target;
    private final SealedFile file;
    private final SecretKey key;
    private final ReadWriteLock locks = new ReentrantReadWriteLock();
    private volatile long length;
    private volatile boolean closed;

    SealedChannel(Target target, SealedFile file, SecretKey key) {
        this.target = target;
        this.file = file;
        this.key = key;
    }

    @Override
    public Geometry geometry() {
        return GEOMETRY;
    }

    @Override
    public ChannelMode mode() {
        return ChannelMode.of("AES-256-GCM");
    }

    @Override
    public void begin(Handover handover) throws StorageException {
        try {
            if (handover.createdSize().isPresent()) {
                file.format(key);
            }
            length = file.begin(key);
            if (handover.createdSize().isPresent() && length == 0) {
                resize(handover.createdSize().getAsLong());
                file.flush();
            }
        } catch (IOException e) {
            throw failure("begin", e).build();
        }
    }

    @Override
    public int read(ByteBuffer buffer, long position, TransferFlags flags) throws StorageException {
        int wanted = buffer.remaining();
        int done = 0;
        locks.readLock().lock();
        try {
            long present = Math.max(0, Math.min(wanted, length - position));
            while (done < present) {
                long at = position + done;
                int part = (int) Math.min(BLOCK - at % BLOCK, present - done);
                file.lane(at / BLOCK).read(at / BLOCK, (int) (at % BLOCK), part, buffer);
                done += part;
            }
            return done == 0 && wanted > 0 ? -1 : done;
        } catch (IOException e) {
            throw failure("read", e).range(position, wanted).transferred(done).build();
        } finally {
            locks.readLock().unlock();
        }
    }

    @Override
    public int write(ByteBuffer buffer, long position, TransferFlags flags) throws StorageException {
        int wanted = buffer.remaining();
        int done = 0;
        Lock lock = lockFor(position + wanted);
        try {
            if (position + wanted > length && wanted > 0) {
                file.cut(blocks(length));
            }
            while (done < wanted) {
                long at = position + done;
                int from = (int) (at % BLOCK);
                int part = Math.min(BLOCK - from, wanted - done);
                int before = countIn(at / BLOCK, length);
                file.lane(at / BLOCK).write(at / BLOCK, from, part, buffer, before, Math.max(before, from + part));
                done += part;
                if (position + done > length) {
                    length = position + done;
                }
            }
            return done;
        } catch (IOException e) {
            throw failure("write", e).range(position, wanted).transferred(done).build();
        } finally {
            lock.unlock();
        }
    }

    /** {@return the lock, taken, that a write up to this end needs} */
    private Lock lockFor(long end) {
        locks.readLock().lock();
        if (end <= length) {
            return locks.readLock();
        }
        locks.readLock().unlock();
        locks.writeLock().lock();
        return locks.writeLock();
    }

    @Override
    public long size() throws StorageException {
        if (closed) {
            throw failure("size", new ClosedChannelException()).build();
        }
        return length;
    }

    @Override
    public void setSize(long size) throws StorageException {
        locks.writeLock().lock();
        try {
            resize(size);
        } catch (IOException e) {
            throw failure("setSize", e).build();
        } finally {
            locks.writeLock().unlock();
        }
    }

    /** What is cut off goes first: a crash between the two steps shows some of it again, and nothing that never was. */
    private void resize(long size) throws IOException {
        if (size == length) {
            return;
        }
        long kept = blocks(Math.min(size, length));
        file.cut(kept);
        length = Math.min(length, kept * BLOCK);
        if (size > 0) {
            long last = blocks(size) - 1;
            file.lane(last).write(last, 0, 0, NOTHING, countIn(last, length), countIn(last, size));
        }
        length = size;
    }

    private static long blocks(long size) {
        return (size + BLOCK - 1) / BLOCK;
    }

    /** {@return how many bytes of a block count when the content is so long} */
    private static int countIn(long block, long size) {
        return (int) Math.max(0, Math.min(BLOCK, size - block * BLOCK));
    }

    @Override
    public void flush() throws StorageException {
        try {
            file.flush();
        } catch (ClosedChannelException e) {
            throw failure("flush", e).build();
        } catch (IOException e) {
            throw ours(StorageException.of(Kind.FLUSH_FAILED, "flush", e)).build();
        }
    }

    @Override
    public void close() {
        closed = true;
        file.close();
    }

    private StorageException.Builder failure(String operation, IOException e) {
        return ours(StorageException.of(operation, e));
    }

    private StorageException.Builder ours(StorageException.Builder failure) {
        return failure.target(target).strategy(SealedStrategy.NAME);
    }
}
