package io.pinion.linux.uring;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/** Makes a ring, of the best kind that the kernel has. Nothing is held when it fails. */
final class RingSetup {
    private static final int PARAMETERS = 120;
    private static final int NEEDED =
            Linux.IORING_FEAT_SINGLE_MMAP | Linux.IORING_FEAT_NODROP | Linux.IORING_FEAT_EXT_ARG;
    private static final int OPERATIONS = 256;

    private final SystemCalls calls;
    private final RingOptions options;
    private final ByteBuffer parameters = ByteBuffer.allocateDirect(PARAMETERS).order(ByteOrder.nativeOrder());

    RingSetup(SystemCalls calls, RingOptions options) {
        this.calls = calls;
        this.options = options;
    }

    IoUring make() throws StorageException {
        long descriptor = Errno.EINVAL.result();
        RingKind kind = RingKind.PLAIN;
        for (RingKind candidate : RingKind.values()) {
            if (Errno.EINVAL.is(descriptor) && !(candidate.isOwnerBound() && options.isShared())) {
                kind = candidate;
                descriptor = setup(candidate);
            }
        }
        if (descriptor < 0) {
            throw RingFailure.setup(calls, descriptor);
        }
        RingCalls kernel = new RingCalls(calls, (int) descriptor);
        try {
            return over(kernel, kind);
        } catch (StorageException e) {
            kernel.close();
            throw e;
        }
    }

    /** A kernel that doesn't know one of the flags answers EINVAL. */
    private long setup(RingKind kind) {
        for (int index = 0; index < PARAMETERS; index += Long.BYTES) {
            parameters.putLong(index, 0);
        }
        parameters.putInt(4, options.completions()).putInt(8, Linux.IORING_SETUP_CQSIZE | kind.flags());
        return calls.ioUringSetup(options.entries(), parameters);
    }

    private IoUring over(RingCalls kernel, RingKind kind) throws StorageException {
        if ((parameters.getInt(20) & NEEDED) != NEEDED) {
            throw RingFailure.tooOld("waiting with a timeout");
        }
        requireUse(kernel);
        BitSet operations = operations(kernel);
        RegisteredBuffers buffers = RegisteredBuffers.register(kernel, options.buffers());
        KernelRelease release = KernelRelease.watch(calls);
        try {
            RegisteredFiles files = RegisteredFiles.register(kernel, options.files(), release.writer());
            release.handedOver();
            RingMemory memory = RingMemory.map(calls, parameters, kernel.descriptor());
            return new IoUring(kernel, kind, memory, files, buffers, operations, release);
        } catch (StorageException e) {
            release.close();
            throw e;
        }
    }

    /** A filter may permit rings and deny their use: that is to be known now, and not by the first operation. */
    private static void requireUse(RingCalls kernel) throws StorageException {
        long result = kernel.submit(0);
        if (RingFailure.isDenied(result)) {
            throw RingFailure.denied("io_uring_enter", result);
        }
    }

    /** A struct io_uring_probe: 16 bytes, and 8 for each operation. */
    private static BitSet operations(RingCalls kernel) throws StorageException {
        ByteBuffer probe = ByteBuffer.allocateDirect(16 + OPERATIONS * 8).order(ByteOrder.nativeOrder());
        long result = kernel.register(Linux.IORING_REGISTER_PROBE, probe, OPERATIONS);
        if (result < 0) {
            throw RingFailure.isDenied(result)
                    ? RingFailure.denied("io_uring_register", result)
                    : RingFailure.call("probe", result);
        }
        BitSet supported = new BitSet();
        for (int i = 0; i < Byte.toUnsignedInt(probe.get(1)); i++) {
            int at = 16 + i * 8;
            boolean has = (probe.getShort(at + 2) & Linux.IO_URING_OP_SUPPORTED) != 0;
            supported.set(Byte.toUnsignedInt(probe.get(at)), has);
        }
        return supported;
    }
}
