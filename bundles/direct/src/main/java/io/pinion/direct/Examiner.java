package io.pinion.direct;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.linux.direct.Alignment;
import io.pinion.linux.direct.Finding;
import io.pinion.linux.direct.OpenFile;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Finds out whether an open file can be served, and what it asks: from statx(2) where it tells, else by trial. */
final class Examiner {
    private static final int WANTED =
            Linux.STATX_BASIC_STATS | Linux.STATX_DIOALIGN | Linux.STATX_DIO_READ_ALIGN | Linux.STATX_WRITE_ATOMIC;

    private static final int SECTOR = 512;
    private static final int PAGE = 4096;

    /** They take O_DIRECT of any alignment, and copy: all of them, or when it suits them. */
    static final Set<String> COPYING = Set.of("tmpfs", "ramfs", "btrfs", "overlay");

    private Examiner() {}

    /**
     * {@return what the open file is good for}
     *
     * @param path what was opened, for the words
     */
    static Finding find(OpenFile file, Path path) throws StorageException {
        Statx stat = new Statx();
        int result = stat.fill(file.calls(), file.direct(), WANTED);
        if (result < 0) {
            throw Errno.failure("examine", result).build();
        }
        if (stat.type() != Linux.S_IFREG) {
            return Finding.unsuitable("it is no regular file: use strategy block for a block device");
        }
        if (stat.has(Linux.STATX_DIOALIGN)) {
            return told(file, stat);
        }
        String fileSystem = fileSystem(path);
        if (COPYING.contains(fileSystem)) {
            return copying(fileSystem);
        }
        return tried(file, stat, fileSystem);
    }

    private static Finding told(OpenFile file, Statx stat) {
        int memory = stat.directMemoryAlignment();
        int write = stat.directOffsetAlignment();
        if (memory == 0 || write == 0) {
            return Finding.unsuitable(
                    "the file system has no direct I/O for this file (encrypted, compressed, verity, inline"
                            + " data, data=journal): use strategy buffered");
        }
        int read = stat.has(Linux.STATX_DIO_READ_ALIGN) ? stat.directReadAlignment() : 0;
        return verified(
                file, stat, new Alignment(memory, write, read == 0 ? write : read), "alignment " + write + " by statx");
    }

    private static Finding tried(OpenFile file, Statx stat, String fileSystem) {
        if (stat.size() < 2 * PAGE) {
            return verified(
                    file,
                    stat,
                    new Alignment(PAGE, PAGE, PAGE),
                    "alignment 4096 assumed: the file is too short for a trial");
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(3 * PAGE).alignedSlice(PAGE);
        if (file.readDirect(buffer, 1, 1, 1) >= 0) {
            return copying(fileSystem);
        }
        int unit = file.readDirect(buffer, SECTOR, SECTOR, SECTOR) >= 0 ? SECTOR : PAGE;
        return verified(file, stat, new Alignment(unit, unit, unit), "alignment " + unit + " by trial");
    }

    private static Finding copying(String fileSystem) {
        return Finding.unsuitable(
                fileSystem + " accepts O_DIRECT and copies through the page cache: use strategy buffered");
    }

    private static Finding verified(OpenFile file, Statx stat, Alignment alignment, String source) {
        if (!alignment.isPlausible()) {
            return Finding.unsuitable("it asks for " + alignment + "; allowed: powers of two up to " + Alignment.LARGEST
                    + ": use strategy buffered");
        }
        Trial.Result result =
                new Trial(file, Math.max(alignment.write(), alignment.read()), DeviceReads::ofThisThread).run();
        return switch (result.outcome()) {
            case DIRECT ->
                Finding.suitable(
                        alignment, geometry(alignment, stat), ChannelMode.of("O_DIRECT", result.detail(), source));
            case UNKNOWN ->
                Finding.suitable(
                        alignment,
                        geometry(alignment, stat),
                        ChannelMode.of("O_DIRECT, unverified", result.detail(), source));
            default ->
                Finding.unsuitable(
                        result.detail() + ", though " + source + " promised otherwise: use strategy buffered");
        };
    }

    private static int block(Statx stat) {
        int block = stat.blockSize();
        return Alignment.isPlausible(block) ? block : SECTOR;
    }

    private static Geometry geometry(Alignment alignment, Statx stat) {
        return Alignment.withAtomicWrites(alignment.geometry(block(stat)), stat);
    }

    private static String fileSystem(Path path) {
        try {
            return Files.getFileStore(path).type();
        } catch (IOException e) {
            return "the file system";
        }
    }

    /** {@return why the type of what is at the path can't be served; empty for a regular file} */
    static String wrongType(Statx stat) {
        return switch (stat.type()) {
            case Linux.S_IFREG -> "";
            case Linux.S_IFBLK -> "it is a block device: use strategy block";
            case Linux.S_IFCHR -> "it is a character device: use strategy tape for a tape drive";
            case Linux.S_IFDIR -> "it is a directory: name a file in it";
            default -> "it is neither a file nor a device";
        };
    }
}
