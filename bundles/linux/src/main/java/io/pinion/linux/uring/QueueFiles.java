package io.pinion.linux.uring;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.StorageException;
import java.nio.file.Path;

/** The open file descriptions of a {@link RingQueue}, each its own, which only its ring holds. */
final class QueueFiles {
    /** The slot of the file as it is opened for plain transfers, and for flushes. */
    static final int PLAIN = 0;

    /** The slot of the file as it is opened with O_DSYNC, for durable writes. */
    static final int DURABLE = 1;

    static final int COUNT = 2;

    private QueueFiles() {}

    /** Opens what the descriptor leads to once more for each, and registers them. */
    static void register(SystemCalls calls, IoUring ring, int file, int flags) throws StorageException {
        register(calls, ring, PLAIN, file, flags);
        register(calls, ring, DURABLE, file, flags | Linux.O_DSYNC);
    }

    /** Opens it once more for reads alone, and registers that. */
    static void registerForReads(SystemCalls calls, IoUring ring, int file, int flags) throws StorageException {
        register(calls, ring, PLAIN, file, flags & ~Linux.O_ACCMODE);
    }

    private static void register(SystemCalls calls, IoUring ring, int slot, int file, int flags)
            throws StorageException {
        byte[] path = SystemCalls.path(Path.of("/proc/self/fd/" + file));
        long descriptor = SystemCalls.uninterrupted(() -> calls.open(path, flags | Linux.O_CLOEXEC, 0));
        if (descriptor < 0) {
            throw Errno.failure("open queue", descriptor).build();
        }
        try {
            ring.files().set(slot, (int) descriptor);
        } finally {
            // The ring keeps it open.
            calls.close((int) descriptor);
        }
    }
}
