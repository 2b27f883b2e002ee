package io.pinion.linux.direct;

import io.pinion.strategy.StorageException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The aligned buffers that a channel's transfers bounce through. When all are in use an operation waits for one: the device
 * is busy with as many already, and memory for one operation would cost more than the wait.
 *
 * <p>An operation takes one buffer, and takes it before it takes a {@link WriteRanges range}: so whoever has one waits only for
 * operations that need none any more.
 */
final class BouncePool {
    static final int MOST = 64;

    private final ByteBuffer[] buffers;
    private final int size;
    /** A bit for each buffer that is free. */
    private final AtomicLong free;

    private final AtomicInteger waiting = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();

    BouncePool(BounceMemory memory, BounceSettings settings) {
        size = settings.size();
        buffers = new ByteBuffer[settings.count()];
        for (int index = 0; index < buffers.length; index++) {
            buffers[index] = memory.slice(index, size);
        }
        free = new AtomicLong(-1L >>> MOST - buffers.length);
    }

    /** {@return the size of each buffer in bytes} */
    int size() {
        return size;
    }

    /** {@return the buffer of that number} */
    ByteBuffer buffer(int number) {
        return buffers[number];
    }

    /**
     * Takes a buffer; {@return its number}
     *
     * @throws StorageException {@code TIMEOUT} when none comes free
     */
    int take(String operation) throws StorageException {
        while (true) {
            long bits = free.get();
            if (bits == 0) {
                awaitOne(operation);
            } else if (free.compareAndSet(bits, bits & bits - 1)) {
                return Long.numberOfTrailingZeros(bits);
            }
        }
    }

    /** Gives a buffer back. */
    void give(int number) {
        free.getAndAdd(1L << number);
        if (waiting.get() > 0) {
            lock.lock();
            try {
                given.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    private void awaitOne(String operation) throws StorageException {
        waiting.getAndIncrement();
        lock.lock();
        try {
            while (free.get() == 0) {
                Patience.await(given, operation, "all " + buffers.length + " bounce buffers are in use");
            }
        } finally {
            lock.unlock();
            waiting.getAndDecrement();
        }
    }
}
