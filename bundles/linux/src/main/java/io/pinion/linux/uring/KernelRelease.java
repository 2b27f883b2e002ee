package io.pinion.linux.uring;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tells when the kernel has let go of a ring that was closed with operations in flight. It says so nowhere, but it lets
 * go of the ring's registered files last, when no operation is left: one of them is the end of a pipe to which nobody
 * else can write, so that whoever reads finds its end then. See docs/decisions/0014.
 *
 * <p>Safe for any thread.
 */
final class KernelRelease {
    private static final int NONE = -1;

    private final SystemCalls calls;
    private final ByteBuffer data = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
    private int reader;
    private int writer;

    private KernelRelease(SystemCalls calls) throws StorageException {
        this.calls = calls;
        int result = calls.pipe2(data, Linux.O_CLOEXEC | Linux.O_NONBLOCK);
        if (result < 0) {
            throw Errno.failure("pipe2", result).build();
        }
        reader = data.getInt(0);
        writer = data.getInt(4);
    }

    static KernelRelease watch(SystemCalls calls) throws StorageException {
        return new KernelRelease(calls);
    }

    /** {@return the descriptor to register} */
    synchronized int writer() {
        return writer;
    }

    /** Called when the ring alone is to hold the end that was registered. */
    synchronized void handedOver() {
        calls.close(writer);
        writer = NONE;
    }

    /** {@return whether the ring is no more; true for good, once it was} */
    synchronized boolean isReleased() {
        int end = reader;
        if (end != NONE && SystemCalls.uninterrupted(() -> calls.read(end, data, 0, 1)) == 0) {
            close();
        }
        return reader == NONE;
    }

    /** Nobody wants to know any more. */
    synchronized void close() {
        if (writer != NONE) {
            handedOver();
        }
        if (reader != NONE) {
            calls.close(reader);
            reader = NONE;
        }
    }
}
