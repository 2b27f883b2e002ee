package io.pinion.direct;

import io.pinion.linux.Errno;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The flushes of a channel, one at a time. The kernel reports a failed write-back once: a flush beside the one that is told
 * would succeed, and so would every later one. So they wait for each other, and a failure stays. Who waited while a whole
 * flush went by that began after he came is served by that one.
 */
final class Flushes {
    private static final String EIO_REMEDY =
            "a write-back failed, and what was written since the last flush may be lost:"
                    + " the device reported an error (see the kernel's log), or something else wrote or mapped the file beside this"
                    + " volume ('Page cache invalidation failure on direct I/O' there). Mend the cause and reopen accepting the loss";
    private static final String REMEDY =
            "what was written since the last flush may be lost; mend the cause and reopen accepting the loss";

    private final OpenFile file;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong begun = new AtomicLong();
    private volatile long failure;

    Flushes(OpenFile file) {
        this.file = file;
    }

    /**
     * Puts what was written on stable storage.
     *
     * @throws StorageException {@code FLUSH_FAILED}, from the first failure on always
     */
    void flush() throws StorageException {
        long before = begun.get();
        lock.lock();
        try {
            if (begun.get() == before && failure == 0) {
                run();
            }
        } finally {
            lock.unlock();
        }
        if (failure != 0) {
            throw Errno.failure(Kind.FLUSH_FAILED, "flush", failure, Errno.EIO.is(failure) ? EIO_REMEDY : REMEDY)
                    .build();
        }
    }

    /** Called with the lock held. */
    private void run() {
        begun.getAndIncrement();
        failure = Math.min(file.flush(), 0);
    }
}
