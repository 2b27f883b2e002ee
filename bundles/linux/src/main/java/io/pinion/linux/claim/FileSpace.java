package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Discard;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.WriteZeroes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Discards and zeroes ranges of a regular file by fallocate(2). Never changes its length. */
final class FileSpace implements Discard, WriteZeroes {
    private static final int PUNCH = Linux.FALLOC_FL_PUNCH_HOLE | Linux.FALLOC_FL_KEEP_SIZE;
    private static final int ZERO = Linux.FALLOC_FL_ZERO_RANGE | Linux.FALLOC_FL_KEEP_SIZE;

    /** So far behind the end that nothing can be there, not even what somebody allocated ahead. */
    private static final long FAR = 1L << 40;

    private final SystemCalls calls;
    private final Descriptor descriptor;
    private final String target;
    private final long blockSize;

    private FileSpace(SystemCalls calls, Descriptor descriptor, String target, long blockSize) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.target = target;
        this.blockSize = blockSize;
    }

    /**
     * {@return the file's, where its file system has holes} To be asked before anybody writes the file: the trial is a
     * hole behind its end.
     */
    static Optional<FileSpace> of(SystemCalls calls, Descriptor descriptor, String target, long size)
            throws StorageException {
        ByteBuffer statistics = ByteBuffer.allocateDirect(120).order(ByteOrder.nativeOrder());
        descriptor.require("claim", target, fd -> calls.fstatfs(fd, statistics));
        long blockSize = Math.max(1, statistics.getLong(8));
        long behind = (Math.max(size, FAR) / blockSize + 1) * blockSize;
        long result = descriptor.call("claim", fd -> calls.fallocate(fd, PUNCH, behind, blockSize));
        return result < 0 ? Optional.empty() : Optional.of(new FileSpace(calls, descriptor, target, blockSize));
    }

    @Override
    public long granularity() {
        return blockSize;
    }

    @Override
    public void discard(long offset, long length) throws StorageException {
        Ranges.check("discard", target, offset, length, "granularity", blockSize);
        if (length > 0) {
            allocate("discard", PUNCH, offset, length);
        }
    }

    @Override
    public void writeZeroes(long offset, long length) throws StorageException {
        Ranges.check("write zeroes", target, offset, length, "byte", 1);
        if (length == 0) {
            return;
        }
        long result = descriptor.call("write zeroes", fd -> calls.fallocate(fd, ZERO, offset, length));
        if (Errno.EOPNOTSUPP.is(result)) {
            // A hole reads as zeroes too; allocated anew, so that a later write does not find the disk full.
            allocate("write zeroes", PUNCH, offset, length);
            allocate("write zeroes", Linux.FALLOC_FL_KEEP_SIZE, offset, length);
        } else if (result < 0) {
            throw failure("write zeroes", result, offset, length);
        }
    }

    private void allocate(String operation, int mode, long offset, long length) throws StorageException {
        long result = descriptor.call(operation, fd -> calls.fallocate(fd, mode, offset, length));
        if (result < 0) {
            throw failure(operation, result, offset, length);
        }
    }

    private StorageException failure(String operation, long result, long offset, long length) {
        return Errno.failure(operation, result)
                .target(target)
                .range(offset, length)
                .build();
    }
}
