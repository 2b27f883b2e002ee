package io.pinion.guest.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A SCSI disk with a partition table and two partitions of 7 MiB, at 1 and at 8 MiB. */
public final class PartitionedDisk implements AutoCloseable {
    private static final int MIB_SECTORS = 2048;
    private static final int TABLE = 446;
    private static final int ENTRY = 16;
    private static final byte LINUX = (byte) 0x83;

    private final ScsiDebug scsi = new ScsiDebug();

    /** Partitions a new disk. */
    public PartitionedDisk() throws Exception {
        // A master boot record; the sectors' numbers in cylinders and heads are nobody's concern any more.
        ByteBuffer block = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 2; i++) {
            int entry = TABLE + i * ENTRY;
            block.put(entry + 4, LINUX)
                    .putInt(entry + 8, (1 + 7 * i) * MIB_SECTORS)
                    .putInt(entry + 12, 7 * MIB_SECTORS);
        }
        block.putShort(510, (short) 0xAA55);
        disk().write(0, block.array());
        Command.run("blockdev", "--rereadpt", disk().node().toString());
        Await.until("there is a " + second().node(), () -> Files.exists(second().node()));
    }

    /** {@return the whole} */
    public Disk disk() {
        return scsi.disk();
    }

    /** {@return the first partition} */
    public Disk first() {
        return new Disk(disk().name() + "1");
    }

    /** {@return the second partition} */
    public Disk second() {
        return new Disk(disk().name() + "2");
    }

    /** Makes a file system, and mounts it. {@return what unmounts it} */
    public AutoCloseable mount(Disk partition) throws Exception {
        String node = partition.node().toString();
        Path point = Files.createTempDirectory("mounted");
        Command.run("mkfs.ext4", "-q", "-F", "-O", "^has_journal", node);
        Command.run("mount", "-t", "ext4", node, point.toString());
        return () -> {
            Command.run("umount", point.toString());
            Files.delete(point);
        };
    }

    /** Makes it swap space, in use. {@return what ends that} */
    public AutoCloseable swapTo(Disk partition) throws Exception {
        String node = partition.node().toString();
        Command.run("mkswap", node);
        Command.run("swapon", node);
        return () -> Command.run("swapoff", node);
    }

    @Override
    public void close() throws Exception {
        scsi.close();
    }
}
