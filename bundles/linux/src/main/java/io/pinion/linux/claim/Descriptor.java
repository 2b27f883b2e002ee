package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open descriptor that can't be used once it is closed: the kernel gives the number to the next file that is opened,
 * and a late fdatasync or discard would hit that. The last one out closes it, so that close never waits for a device.
 * Safe for any thread.
 */
final class Descriptor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Descriptor.class);
    private static final int CLOSED = 1 << 31;

    private final SystemCalls calls;
    private final int number;

    /** How many calls are under way, and the sign bit once it is closed. */
    private final AtomicInteger state = new AtomicInteger();

    Descriptor(SystemCalls calls, int number) {
        this.calls = calls;
        this.number = number;
    }

    /**
     * Makes a call on the descriptor, again as long as it says EINTR.
     *
     * @return what the call returned: {@code -errno} when negative
     * @throws StorageException of kind {@code CLOSED}
     */
    long call(String operation, IntToLongFunction call) throws StorageException {
        enter(operation);
        try {
            return SystemCalls.uninterrupted(() -> call.applyAsLong(number));
        } finally {
            leave();
        }
    }

    /**
     * Begins a call on the descriptor, which stays open until {@link #leave}.
     *
     * @return the number
     * @throws StorageException of kind {@code CLOSED}
     */
    int enter(String operation) throws StorageException {
        if (state.getAndUpdate(n -> n < 0 ? n : n + 1) < 0) {
            throw StorageException.of(Kind.CLOSED, operation, "its descriptor was given back")
                    .build();
        }
        return number;
    }

    /** Ends the call that {@link #enter} began. */
    void leave() {
        if (state.decrementAndGet() == CLOSED) {
            release();
        }
    }

    /** As {@link #call}, for a call whose failure needs no words of its own. */
    long require(String operation, String target, IntToLongFunction call) throws StorageException {
        long result = call(operation, call);
        if (result < 0) {
            throw Errno.failure(operation, result).target(target).build();
        }
        return result;
    }

    /** {@return the number, as long as nobody closed it} */
    int number() {
        if (isClosed()) {
            throw new IllegalStateException("descriptor=" + number + " is closed and may be another file's by now");
        }
        return number;
    }

    /** {@return whether no call is under way} */
    boolean isUnused() {
        return (state.get() & ~CLOSED) == 0;
    }

    boolean isClosed() {
        return state.get() < 0;
    }

    /** {@return a path that opens the same inode, whatever its name is now (proc_pid_fd(5))} */
    Path path() {
        return path(number());
    }

    private static Path path(int number) {
        return Path.of("/proc/self/fd", Integer.toString(number));
    }

    /**
     * Opens the same inode once more, by way of /proc, whatever its name means by now.
     *
     * @param flags besides O_CLOEXEC and O_NOCTTY
     * @return the new descriptor's number; {@code -errno} when negative
     * @throws StorageException of kind {@code CLOSED}
     */
    long reopen(String operation, int flags) throws StorageException {
        int all = flags | Linux.O_CLOEXEC | Linux.O_NOCTTY;
        return call(operation, fd -> calls.open(SystemCalls.path(path(fd)), all, 0));
    }

    @Override
    public void close() {
        if (state.getAndUpdate(n -> n | CLOSED) == 0) {
            release();
        }
    }

    /** Else its result tells nothing: a failed write-back was the flush's to report, and the number is free anyway. */
    private void release() {
        if (Errno.EBADF.is(calls.close(number))) {
            LOG.error("descriptor={} was closed by somebody else; whatever used it since may be lost", number);
        }
    }
}
