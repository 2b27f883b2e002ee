package io.pinion.linux.uring;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The system calls on one ring. Results are those of {@link SystemCalls}. Not for use by several threads at a time. */
final class RingCalls {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int ARGUMENT = 24;
    private static final int TIMESPEC = 16;

    private final SystemCalls calls;
    private int descriptor;

    /** A struct io_uring_getevents_arg, whose last word leads to the struct timespec behind it. */
    private final ByteBuffer waiting =
            ByteBuffer.allocateDirect(ARGUMENT + TIMESPEC).order(ByteOrder.nativeOrder());

    private final long waitingAt;

    RingCalls(SystemCalls calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
        waitingAt = calls.address(waiting);
        waiting.putLong(16, waitingAt + ARGUMENT);
    }

    SystemCalls all() {
        return calls;
    }

    int descriptor() {
        return descriptor;
    }

    /** Hands over entries, and waits for none. {@return how many the kernel has taken} */
    long submit(int entries) {
        return calls.ioUringEnter(descriptor, entries, 0, 0, 0, 0);
    }

    /**
     * Hands over entries, and waits until so many completions are posted.
     *
     * @return how many entries the kernel has taken; if any, it keeps to itself how the wait ended. Else ETIME when the
     *     time is over, EINTR after a signal
     */
    long submitAndWait(int entries, int minimum, long timeoutNanos) {
        waiting.putLong(ARGUMENT, timeoutNanos / NANOS_PER_SECOND);
        waiting.putLong(ARGUMENT + 8, timeoutNanos % NANOS_PER_SECOND);
        int flags = Linux.IORING_ENTER_GETEVENTS | Linux.IORING_ENTER_EXT_ARG;
        long result = calls.ioUringEnter(descriptor, entries, minimum, flags, waitingAt, ARGUMENT);
        Reference.reachabilityFence(waiting);
        return result;
    }

    /** Has the kernel post what it holds back: completions that found no room, or that are due when their owner calls. */
    long post() {
        return calls.ioUringEnter(descriptor, 0, 0, Linux.IORING_ENTER_GETEVENTS, 0, 0);
    }

    /** As io_uring_register(2), with what the operation wants to be told. */
    long register(int operation, ByteBuffer argument, int count) {
        long address = calls.address(argument);
        long result = SystemCalls.uninterrupted(() -> calls.ioUringRegister(descriptor, operation, address, count));
        Reference.reachabilityFence(argument);
        return result;
    }

    /** As io_uring_register(2), for an operation that takes no argument. */
    long register(int operation) {
        return SystemCalls.uninterrupted(() -> calls.ioUringRegister(descriptor, operation, 0, 0));
    }

    /** Asked before each call that may come late: the number may be another ring's by then. */
    void requireOpen(String operation) throws StorageException {
        if (descriptor < 0) {
            throw StorageException.of(Kind.CLOSED, operation, "the ring is closed")
                    .build();
        }
    }

    void close() {
        int number = descriptor;
        descriptor = -1;
        calls.close(number);
    }
}
