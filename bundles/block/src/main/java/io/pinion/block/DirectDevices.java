package io.pinion.block;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.direct.DirectMedium;
import io.pinion.linux.direct.Finding;
import io.pinion.linux.direct.OpenFile;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.file.Path;

/** Block devices. */
final class DirectDevices implements DirectMedium {
    @Override
    public String strategy() {
        return BlockStrategy.NAME;
    }

    @Override
    public String wrongType(Statx stat) {
        return DeviceExaminer.wrongType(stat);
    }

    /** Nobody asks when a device was read last; to note it takes the kernel some 2 % of a read. */
    @Override
    public int flags() {
        return Linux.O_NOATIME;
    }

    @Override
    public Finding find(OpenFile device, Path path) throws StorageException {
        return DeviceExaminer.find(device);
    }

    @Override
    public boolean isResizable() {
        return false;
    }

    /** What the block layer means by its errors (the table blk_errors in the kernel's block/blk-core.c), where files differ. */
    @Override
    public StorageException.Builder failure(String operation, long result) {
        if (Errno.EIO.is(result)) {
            return Errno.failure(
                    Kind.MEDIUM_ERROR,
                    operation,
                    result,
                    "a bad block, a way to the device that failed (cable, network), or a write elsewhere than at a zone's"
                            + " write pointer; the kernel's log has the device's own words");
        }
        if (Errno.EPERM.is(result)) {
            return Errno.failure(
                    Kind.READ_ONLY, operation, result, "the device has been set read-only; blockdev --setrw undoes it");
        }
        if (Errno.ENOSPC.is(result)) {
            return Errno.failure(
                    operation,
                    result,
                    "the device ends there, or, if it is thinly provisioned, what is behind it is full");
        }
        if (Errno.EBUSY.is(result)) {
            return Errno.failure(Kind.NO_RESOURCES, operation, result, "the device has no room for the request now");
        }
        return Errno.failure(operation, result);
    }
}
