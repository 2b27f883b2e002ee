package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Discard;
import io.pinion.strategy.Resize;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.WriteZeroes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Discards, zeroes and measures a block device by ioctl(2) (linux/fs.h). It must be the claim's descriptor: beside an
 * O_EXCL that is not their own, the kernel answers these requests with EBUSY.
 */
final class DeviceSpace implements Discard, WriteZeroes, Resize {
    private static final int SECTOR = 512;

    private final SystemCalls calls;
    private final BlockDevices devices;
    private final Descriptor descriptor;
    private final String device;
    private final String target;

    /**
     * Of an open block device.
     *
     * @param device MAJOR:MINOR
     */
    DeviceSpace(SystemCalls calls, BlockDevices devices, Descriptor descriptor, String device, String target) {
        this.calls = calls;
        this.devices = devices;
        this.descriptor = descriptor;
        this.device = device;
        this.target = target;
    }

    /** {@return whether the device says that it can discard} */
    boolean discards() {
        return devices.queue(device, "discard_max_bytes").orElse(0) > 0;
    }

    @Override
    public long granularity() {
        long discard = devices.queue(device, "discard_granularity").orElse(0);
        return Math.max(discard, logicalBlockSize());
    }

    private long logicalBlockSize() {
        return devices.queue(device, "logical_block_size").orElse(SECTOR);
    }

    @Override
    public void discard(long offset, long length) throws StorageException {
        request("discard", Linux.BLKDISCARD, offset, length, "granularity", granularity());
    }

    @Override
    public void writeZeroes(long offset, long length) throws StorageException {
        request("write zeroes", Linux.BLKZEROOUT, offset, length, "logicalBlockSize", logicalBlockSize());
    }

    private void request(String operation, long request, long offset, long length, String name, long unit)
            throws StorageException {
        Ranges.check(operation, target, offset, length, name, unit);
        Ranges.checkEnd(operation, target, offset, length, size(operation));
        if (length == 0) {
            return;
        }
        ByteBuffer range = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        range.putLong(0, offset).putLong(8, length);
        long result = descriptor.call(operation, fd -> calls.ioctl(fd, request, range));
        if (result < 0) {
            throw failure(operation, result)
                    .target(target)
                    .range(offset, length)
                    .build();
        }
    }

    private StorageException.Builder failure(String operation, long result) {
        String name = devices.name(device);
        if (Errno.EOPNOTSUPP.is(result)) {
            return Errno.failure(operation, result, name + " can't, or can't any more");
        }
        if (Errno.EPERM.is(result)) {
            return Errno.failure(Kind.READ_ONLY, operation, result, name + " is set read-only");
        }
        // Only beside a claim that is not ours, which was passed over by force: else the kernel drops what is cached by
        // itself.
        return Errno.EBUSY.is(result)
                ? Errno.failure(
                        operation,
                        result,
                        "others use " + name + ", and what it caches of the range is not written back; flush")
                : Errno.failure(operation, result);
    }

    @Override
    public long rescan() throws StorageException {
        return size("rescan");
    }

    private long size(String operation) throws StorageException {
        ByteBuffer size = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
        descriptor.require(operation, target, fd -> calls.ioctl(fd, Linux.BLKGETSIZE64, size));
        return size.getLong(0);
    }
}
