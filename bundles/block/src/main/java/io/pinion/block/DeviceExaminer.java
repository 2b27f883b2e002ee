package io.pinion.block;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.direct.Alignment;
import io.pinion.linux.direct.Finding;
import io.pinion.linux.direct.OpenFile;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds out what an open block device asks of transfers: by ioctl(2) (linux/fs.h), and statx(2) where it tells more. */
final class DeviceExaminer {
    private static final int WANTED = Linux.STATX_BASIC_STATS | Linux.STATX_DIOALIGN | Linux.STATX_WRITE_ATOMIC;

    /** What an optimal size is taken from a device up to: a RAID tells its stripe. */
    private static final int LARGEST_OPTIMAL = 16 << 20;

    private DeviceExaminer() {}

    /** {@return why the type of what is at the path can't be served; empty for a block device} */
    static String wrongType(Statx stat) {
        return switch (stat.type()) {
            case Linux.S_IFBLK -> "";
            case Linux.S_IFREG -> "it is a file: use strategy direct or buffered";
            case Linux.S_IFCHR -> "it is a character device: use strategy tape for a tape drive";
            case Linux.S_IFDIR -> "it is a directory: name a block device";
            default -> "it is no block device";
        };
    }

    static Finding find(OpenFile device) throws StorageException {
        Statx stat = new Statx();
        int result = stat.fill(device.calls(), device.direct(), WANTED);
        if (result < 0) {
            throw Errno.failure("examine", result).build();
        }
        String wrongType = wrongType(stat);
        if (!wrongType.isEmpty()) {
            return Finding.unsuitable(wrongType);
        }
        int logical = figure(device, Linux.BLKSSZGET);
        int physical = figure(device, Linux.BLKPBSZGET);
        int memory = stat.has(Linux.STATX_DIOALIGN) && stat.directMemoryAlignment() > 0
                ? stat.directMemoryAlignment()
                : logical;
        Alignment alignment = new Alignment(memory, logical, logical);
        if (!alignment.isPlausible()) {
            return Finding.unsuitable(
                    "it has blocks of " + logical + " bytes and asks for addresses that are multiples of " + memory
                            + "; allowed: powers of two up to " + Alignment.LARGEST + ": use strategy buffered");
        }
        ChannelMode mode = ChannelMode.of(
                "O_DIRECT",
                "the kernel never takes a direct transfer of a block device through its page cache",
                "blocks of " + logical + " bytes, physically " + physical);
        return Finding.suitable(alignment, geometry(device, stat, alignment, physical), mode);
    }

    private static Geometry geometry(OpenFile device, Statx stat, Alignment alignment, int physical)
            throws StorageException {
        Geometry geometry = alignment.geometry(Alignment.isPlausible(physical) ? physical : alignment.write());
        Geometry.Builder builder = geometry.toBuilder();
        int optimal = figure(device, Linux.BLKIOOPT);
        if (optimal > geometry.optimalIoSize() && optimal <= LARGEST_OPTIMAL) {
            builder.optimalIoSize(optimal);
        }
        return Alignment.withAtomicWrites(builder.build(), stat);
    }

    private static int figure(OpenFile device, long request) throws StorageException {
        ByteBuffer answer = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
        SystemCalls calls = device.calls();
        long result = SystemCalls.uninterrupted(() -> calls.ioctl(device.direct(), request, answer));
        if (result < 0) {
            throw Errno.failure("examine", result).build();
        }
        return answer.getInt(0);
    }
}
