package io.pinion.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * What statx(2) says of a file. One object may be filled again and again; the values are those of the last call that
 * succeeded. Not for use by several threads.
 */
public final class Statx {
    private static final byte[] NOTHING = {0};

    private final ByteBuffer data = ByteBuffer.allocateDirect(256).order(ByteOrder.nativeOrder());

    /**
     * Asks about what a path leads to, through symbolic links.
     *
     * @param mask what is wanted, STATX_…; what was given says {@link #has}
     * @return 0 or {@code -errno}
     */
    public int fill(SystemCalls calls, Path path, int mask) {
        return call(calls, Linux.AT_FDCWD, SystemCalls.path(path), 0, mask);
    }

    /**
     * Asks about an open file.
     *
     * @param mask what is wanted, STATX_…; what was given says {@link #has}
     * @return 0 or {@code -errno}
     */
    public int fill(SystemCalls calls, int descriptor, int mask) {
        return call(calls, descriptor, NOTHING, Linux.AT_EMPTY_PATH, mask);
    }

    private int call(SystemCalls calls, int directory, byte[] path, int flags, int mask) {
        return (int) SystemCalls.uninterrupted(() -> calls.statx(directory, path, flags, mask, data));
    }

    /** {@return whether the kernel filled in everything that the mask asks for} */
    public boolean has(int mask) {
        return (data.getInt(0) & mask) == mask;
    }

    /** {@return whether the file is known to have the attribute STATX_ATTR_…} */
    public boolean isMarked(long attribute) {
        return (data.getLong(8) & data.getLong(56) & attribute) != 0;
    }

    /** {@return the file type, S_IF…} */
    public int type() {
        return Short.toUnsignedInt(data.getShort(28)) & Linux.S_IFMT;
    }

    /** {@return the preferred size of a transfer in bytes, as the file system has it} */
    public int blockSize() {
        return data.getInt(4);
    }

    /** {@return how many names the file has} */
    public int links() {
        return data.getInt(16);
    }

    /** {@return the inode number} */
    public long inode() {
        return data.getLong(32);
    }

    /** {@return the size in bytes; 0 of a device} */
    public long size() {
        return data.getLong(40);
    }

    /** {@return how much is allocated, in bytes} */
    public long allocated() {
        return data.getLong(48) * 512;
    }

    /** {@return the device that this file is, {@code MAJOR:MINOR}} */
    public String device() {
        return data.getInt(128) + ":" + data.getInt(132);
    }

    /** {@return the major number of the device that this file is} */
    public int deviceMajor() {
        return data.getInt(128);
    }

    /** {@return the minor number of the device that this file is} */
    public int deviceMinor() {
        return data.getInt(132);
    }

    /** {@return the major number of the device that the file system is on} */
    public int fileSystemMajor() {
        return data.getInt(136);
    }

    /** {@return the minor number of the device that the file system is on} */
    public int fileSystemMinor() {
        return data.getInt(140);
    }

    /** {@return the mount's number in /proc/self/mountinfo; needs STATX_MNT_ID} */
    public long mount() {
        return data.getLong(144);
    }

    /** {@return what O_DIRECT wants of addresses, in bytes; 0 where it is not supported; needs STATX_DIOALIGN} */
    public int directMemoryAlignment() {
        return data.getInt(152);
    }

    /** {@return what O_DIRECT wants of offsets and lengths, in bytes; 0 if not supported; needs STATX_DIOALIGN} */
    public int directOffsetAlignment() {
        return data.getInt(156);
    }

    /** {@return what O_DIRECT wants of offsets and lengths of reads, in bytes; needs STATX_DIO_READ_ALIGN} */
    public int directReadAlignment() {
        return data.getInt(180);
    }

    /** {@return the smallest atomic write in bytes; needs STATX_WRITE_ATOMIC} */
    public int atomicWriteMinimum() {
        return data.getInt(168);
    }

    /** {@return the largest atomic write in bytes; needs STATX_WRITE_ATOMIC} */
    public int atomicWriteMaximum() {
        return data.getInt(172);
    }

    /**
     * {@return the identity of what this describes: {@code blk:MAJ:MIN}, {@code chr:MAJ:MIN}, and of everything else
     * {@code file:MAJ:MIN:INO}}
     */
    public String identity() {
        return switch (type()) {
            case Linux.S_IFBLK -> "blk:" + device();
            case Linux.S_IFCHR -> "chr:" + device();
            default -> "file:" + fileSystemMajor() + ":" + fileSystemMinor() + ":" + Long.toUnsignedString(inode());
        };
    }
}
