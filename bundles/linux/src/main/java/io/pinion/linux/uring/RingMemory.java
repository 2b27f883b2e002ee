package io.pinion.linux.uring;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.StorageException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A ring's memory: heads, tails, flags and completions in one mapping, the entries in another (io_uring_setup(2)). It is
 * the kernel's; unmapping takes it from this process alone, and is no harm to operations in flight. But a mapping keeps
 * the ring's file open.
 */
final class RingMemory {
    /** For heads, tails and flags: the words that kernel and process tell each other by. */
    static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private static final int SUBMISSION_OFFSETS = 40;
    private static final int COMPLETION_OFFSETS = 80;
    private static final int ENTRY = 64;
    private static final int COMPLETION = 16;

    private final SystemCalls calls;
    private final ByteBuffer parameters;
    private final long ring;
    private final int ringLength;
    private final long entries;
    private final int entriesLength;

    private RingMemory(SystemCalls calls, ByteBuffer parameters, int descriptor) throws StorageException {
        this.calls = calls;
        this.parameters = parameters;
        int count = parameters.getInt(0);
        entriesLength = count * ENTRY;
        ringLength = Math.max(
                parameters.getInt(SUBMISSION_OFFSETS + 24) + count * Integer.BYTES,
                parameters.getInt(COMPLETION_OFFSETS + 20) + parameters.getInt(4) * COMPLETION);
        ring = map(descriptor, ringLength, Linux.IORING_OFF_SQ_RING);
        try {
            entries = map(descriptor, entriesLength, Linux.IORING_OFF_SQES);
        } catch (StorageException e) {
            calls.munmap(ring, ringLength);
            throw e;
        }
    }

    /**
     * Maps the ring.
     *
     * @param parameters as the kernel filled them in
     */
    static RingMemory map(SystemCalls calls, ByteBuffer parameters, int descriptor) throws StorageException {
        return new RingMemory(calls, parameters, descriptor);
    }

    private long map(int descriptor, int length, long offset) throws StorageException {
        int flags = Linux.MAP_SHARED | Linux.MAP_POPULATE;
        long address = calls.mmap(0, length, Linux.PROT_READ | Linux.PROT_WRITE, flags, descriptor, offset);
        if (address < 0) {
            throw RingFailure.setup(calls, address);
        }
        return address;
    }

    /** {@return two words of an entry as one} Linux is little-endian wherever this bundle runs. */
    static long word(int first, int second) {
        return first & 0xffff_ffffL | (long) second << Integer.SIZE;
    }

    SubmissionQueue submissions() {
        return new SubmissionQueue(
                buffer(ring, ringLength), buffer(entries, entriesLength), parameters, SUBMISSION_OFFSETS);
    }

    CompletionQueue completions() {
        return new CompletionQueue(buffer(ring, ringLength), parameters, COMPLETION_OFFSETS);
    }

    private ByteBuffer buffer(long address, int length) {
        return calls.buffer(address, length).order(ByteOrder.nativeOrder());
    }

    /** Whoever touches a queue afterwards takes the process down. */
    void unmap() {
        calls.munmap(entries, entriesLength);
        calls.munmap(ring, ringLength);
    }
}
