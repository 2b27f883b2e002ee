package io.pinion.core.volume;

import io.pinion.strategy.IoChannel;
import io.pinion.strategy.StorageException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The flushes of a channel, one at a time. The kernel reports a failed write-back once for each descriptor (fsync(2)): a
 * flush beside the one that is told would succeed, and its caller take for durable what is lost. So they wait for each
 * other, and a failure stays. Who waited while a whole flush went by that began after he came is served by that one.
 */
final class Flushes {
    private final IoChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong begun = new AtomicLong();
    private volatile Throwable failure;

    Flushes(IoChannel channel) {
        this.channel = channel;
    }

    /** Puts what was written on stable storage. From the first failure on, it fails as that did. */
    void flush() throws StorageException {
        long before = begun.get();
        lock.lock();
        try {
            if (begun.get() == before && failure == null) {
                run();
            }
        } finally {
            lock.unlock();
        }
        rethrow(failure);
    }

    /** A flush of the driver's own queue has failed: every other fails as it did. */
    void fail(Throwable cause) {
        failure = failure == null ? cause : failure;
    }

    /** What failed is over: the tape has been repositioned. Nothing is in flight. */
    void forget() {
        failure = null;
    }

    /** {@return what the first flush that failed threw, on the channel or on a queue of it; null while none has} */
    Throwable failure() {
        return failure;
    }

    /** Called with the lock held. */
    private void run() {
        begun.getAndIncrement();
        try {
            channel.flush();
        } catch (StorageException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private static void rethrow(Throwable failed) throws StorageException {
        if (failed instanceof StorageException known) {
            throw known;
        } else if (failed instanceof RuntimeException defect) {
            throw defect;
        } else if (failed instanceof Error error) {
            throw error;
        }
    }
}
