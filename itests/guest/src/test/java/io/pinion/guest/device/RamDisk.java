package io.pinion.guest.device;

/** The kernel's disk in memory (brd), for what is laid over one: 16 MiB. There is one at a time. */
public final class RamDisk implements AutoCloseable {
    private static final String MODULE = "brd";
    private static final int KIB = 16 * 1024;

    private final Disk disk = new Disk("ram0");

    /** A disk with no data from before. */
    public RamDisk() throws Exception {
        Modules.reload(MODULE, "rd_nr=1", "rd_size=" + KIB);
        Await.until("there is a " + disk.node(), () -> disk.node().toFile().exists());
    }

    /** {@return the disk} */
    public Disk disk() {
        return disk;
    }

    @Override
    public void close() throws Exception {
        Modules.unload(MODULE);
    }
}
