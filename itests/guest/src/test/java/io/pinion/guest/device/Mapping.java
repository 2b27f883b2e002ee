package io.pinion.guest.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A device of the device mapper: a table of ranges, each on a target (dmsetup(8)). */
public final class Mapping implements AutoCloseable {
    private final String name;
    private final Disk disk;

    /**
     * Maps.
     *
     * @param table a line for each range: first sector of 512 bytes, how many, target, and what that takes
     */
    public Mapping(String name, List<String> table) throws Exception {
        Modules.load("dm_mod");
        this.name = name;
        // There is no udev in the guest to wait for.
        Command.run("dmsetup", "create", name, "--noudevrules", "--noudevsync", "--table", String.join("\n", table));
        Path link = Path.of("/dev/mapper", name);
        disk = new Disk("dm-" + Command.run("dmsetup", "info", "--columns", "--noheadings", "-o", "minor", name));
        Await.until("there is a " + link, () -> disk.node().toFile().exists());
    }

    /** {@return the device} */
    public Disk disk() {
        return disk;
    }

    /** Has all that is asked of the device wait from now on, until {@link #resume()}. */
    public void suspend() throws IOException, InterruptedException {
        Command.run("dmsetup", "suspend", "--noflush", "--nolockfs", "--noudevsync", name);
    }

    /** Lets go on what waits. */
    public void resume() throws IOException, InterruptedException {
        Command.run("dmsetup", "resume", "--noudevrules", "--noudevsync", name);
    }

    @Override
    public void close() throws Exception {
        Command.run("dmsetup", "remove", "--retry", "--noudevrules", "--noudevsync", name);
    }
}
