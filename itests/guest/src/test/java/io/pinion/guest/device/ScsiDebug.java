package io.pinion.guest.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's SCSI adapter for tests, scsi_debug, with one disk in memory, whose properties are the module's parameters
 * ({@code modinfo scsi_debug}). There is one at a time.
 */
public final class ScsiDebug implements AutoCloseable {
    private static final String MODULE = "scsi_debug";
    private static final Path ADAPTER = Path.of("/sys/bus/pseudo/drivers/scsi_debug/adapter0");

    private final Disk disk;

    /** Plugs it in: a disk of 16 MiB unless the parameters say otherwise, with no data from before. */
    public ScsiDebug(String... parameters) throws Exception {
        // Whose class the disk is of can be had only when its driver is there.
        Modules.load("sd_mod");
        List<String> all = new ArrayList<>(List.of("dev_size_mb=16", "delay=0"));
        all.addAll(List.of(parameters));
        Modules.reload(MODULE, all.toArray(String[]::new));
        Await.until("scsi_debug has a disk", () -> find().isPresent());
        disk = find().orElseThrow();
        awaitNode();
    }

    /** {@return its disk} */
    public Disk disk() {
        return disk;
    }

    /** Pulls the disk out. */
    public void remove() throws IOException {
        Files.writeString(disk.sys().resolve("device/delete"), "1");
    }

    /** {@return the disk, which is put back: the same one, with its data, by whatever name} */
    public Disk putBack() throws Exception {
        Files.writeString(Sysfs.child(ADAPTER, "scsi_host").orElseThrow().resolve("scan"), "- - -");
        Await.until("the disk is back", () -> find().isPresent());
        return find().orElseThrow();
    }

    private void awaitNode() throws Exception {
        Await.until("there is a " + disk.node(), () -> Files.exists(disk.node()) && disk.size() > 0);
    }

    private static Optional<Disk> find() throws IOException {
        return Sysfs.child(ADAPTER, "block")
                .map(path -> new Disk(path.getFileName().toString()));
    }

    /** Takes the adapter away, with its disk. Waits for the last one who has that open. */
    @Override
    public void close() throws Exception {
        Modules.unload(MODULE);
    }
}
