package io.pinion.linux.claim;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.Presence;
import io.pinion.strategy.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.OptionalLong;

/**
 * Tells whether the device of a descriptor is attached still. What a transfer answers does not: when a disk is taken away
 * (del_gendisk in the kernel's block/genhd.c) its capacity becomes 0, so that a read meets the end and a write a full medium,
 * pages that were dirty are dropped, and a flush may find nothing to do. And its number may be another's at once.
 *
 * <p>So it is gone when it has no capacity, when sysfs has no directory of its number any more or another one (which
 * the directory's inode tells), or when the disk has another sequence number, as after a change of the medium
 * (BLKGETDISKSEQ, Linux 5.15). No call here waits for the device. Safe for any thread.
 */
final class Attachment {
    private static final long NONE = -1;

    private final SystemCalls calls;
    private final Descriptor descriptor;
    private final String device;
    private final Path node;
    private final boolean block;
    private final Object directory;
    private final boolean partition;
    private final long sequence;
    private final boolean listed;
    /** What the kernel answers; guarded by this, because each flush asks. */
    private final ByteBuffer result = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());

    /**
     * Of a device, as long as the descriptor is open.
     *
     * @param device MAJOR:MINOR
     * @param node its place in sysfs
     * @param block whether it is a block device; else a character device, which has no size
     */
    Attachment(SystemCalls calls, Descriptor descriptor, String device, Path node, boolean block)
            throws StorageException {
        this.calls = calls;
        this.descriptor = descriptor;
        this.device = device;
        this.node = node;
        this.block = block;
        directory = key(node);
        partition = Files.exists(node.resolve("partition"));
        sequence = block ? number(Linux.BLKGETDISKSEQ).orElse(NONE) : NONE;
        listed = Files.exists(node.resolveSibling(""));
    }

    Presence presence() {
        try {
            return block ? ofBlockDevice() : ofNode(Presence.present());
        } catch (StorageException e) {
            // The claim was given back: nobody knows any more.
            return Presence.unknown();
        }
    }

    private Presence ofBlockDevice() throws StorageException {
        OptionalLong size = number(Linux.BLKGETSIZE64);
        if (size.isEmpty()) {
            return Presence.gone("the kernel knows no size of " + device);
        }
        if (size.getAsLong() == 0 || isWholeDead()) {
            return Presence.gone("it has no capacity");
        }
        long now = sequence == NONE ? NONE : number(Linux.BLKGETDISKSEQ).orElse(NONE);
        if (now != sequence) {
            return Presence.gone("its medium was changed: disk sequence number " + now + ", claimed was " + sequence);
        }
        return ofNode(Presence.present(size.getAsLong()));
    }

    private Presence ofNode(Presence otherwise) {
        if (!listed) {
            return otherwise;
        }
        Object now = key(node);
        if (now == null) {
            return Presence.gone("sysfs has no device " + device + " any more");
        }
        return now.equals(directory)
                ? otherwise
                : Presence.gone("the number " + device + " is another device's by now");
    }

    /** A partition keeps its own size for a moment longer than its disk. */
    private boolean isWholeDead() {
        return partition && KernelText.number(node.resolve("../size")).orElse(NONE) == 0;
    }

    /** {@return a figure of the device; empty when it has none to give} */
    private synchronized OptionalLong number(long request) throws StorageException {
        long answer = descriptor.call("look", fd -> calls.ioctl(fd, request, result));
        return answer < 0 ? OptionalLong.empty() : OptionalLong.of(result.getLong(0));
    }

    /** {@return which directory of sysfs it is, of all that ever were; null when there is none} */
    private static Object key(Path directory) {
        try {
            return Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }
}
