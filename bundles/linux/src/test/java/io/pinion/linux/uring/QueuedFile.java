package io.pinion.linux.uring;

import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A driver of a file for the tests of queues: what it admits is theirs to say, and what it does itself is counted. */
final class QueuedFile implements QueuedTransfers, PositionalChannel {
    final AtomicInteger transfers = new AtomicInteger();
    final List<Integer> left = new CopyOnWriteArrayList<>();
    volatile int admission = FREELY;
    volatile CountDownLatch heldBack = new CountDownLatch(0);
    private final SystemCalls calls;
    private final int descriptor;

    QueuedFile(SystemCalls calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    @Override
    public int admit(
            int slot, boolean writing, ByteBuffer buffer, int index, int length, long position, TransferFlags flags) {
        return admission;
    }

    @Override
    public void leave(int given) {
        left.add(given);
    }

    @Override
    public PositionalChannel channel() {
        return this;
    }

    @Override
    public Geometry geometry() {
        return Geometry.builder().build();
    }

    @Override
    public int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException {
        return move(true, target, position);
    }

    @Override
    public int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException {
        return move(false, source, position);
    }

    private int move(boolean reading, ByteBuffer buffer, long position) throws StorageException {
        transfers.incrementAndGet();
        try {
            if (!heldBack.await(30, TimeUnit.SECONDS)) {
                throw StorageException.of(Kind.TIMEOUT, "test", "never released")
                        .build();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        int start = buffer.position();
        int length = buffer.remaining();
        long done = reading
                ? calls.pread(descriptor, buffer, start, length, position)
                : calls.pwrite(descriptor, buffer, start, length, position);
        if (done < 0) {
            throw StorageException.of(Kind.IO_ERROR, "test", "result " + done).build();
        }
        buffer.position(start + (int) done);
        return done == 0 && length > 0 ? -1 : (int) done;
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
