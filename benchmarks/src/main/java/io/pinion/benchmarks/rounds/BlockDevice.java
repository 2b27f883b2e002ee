package io.pinion.benchmarks.rounds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A block device that is made for workloads. Two threads may call, one that sets it up and one that removes it. */
abstract class BlockDevice {
    private static final Path NODES = Path.of("/dev");
    private static final Path SYS = Path.of("/sys/block");

    private final long size;

    BlockDevice(long size) {
        this.size = size;
    }

    /** Makes it. When that fails, {@link #remove} undoes what was done. */
    abstract void setUp() throws IOException, InterruptedException;

    /**
     * Takes it down, or as much as there is of it; nothing when there is nothing.
     *
     * @throws IOException somebody uses it, for one: it may be tried again
     */
    abstract void remove() throws IOException, InterruptedException;

    /** {@return the kernel's name} */
    abstract String name();

    /** {@return what there is to know of how it works} */
    abstract String way();

    /** {@return how long it is, in bytes} */
    final long size() {
        return size;
    }

    /** {@return its node} */
    final Path path() {
        return NODES.resolve(name());
    }

    /** {@return a line for a report} */
    final String description() throws IOException {
        return String.format(
                Locale.ROOT,
                "%s, %,d MiB, blocks of %s bytes, %s",
                path(),
                size >> 20,
                text("queue/logical_block_size"),
                way());
    }

    /** {@return an attribute's file in sysfs (Documentation/ABI/stable/sysfs-block)} */
    final Path attribute(String attribute) {
        return SYS.resolve(name()).resolve(attribute);
    }

    final String text(String attribute) throws IOException {
        return Files.readString(attribute(attribute)).strip();
    }
}
