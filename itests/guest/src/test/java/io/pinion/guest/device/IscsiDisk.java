package io.pinion.guest.device;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** An iSCSI disk. */
public final class IscsiDisk implements NetworkDisk {
    private final IscsiUnit unit;
    private final Disk disk;

    /**
     * Serves a new disk, and logs in to it.
     *
     * @param replacementSeconds how long requests wait for a broken connection to be replaced ({@code replacement_timeout})
     */
    public IscsiDisk(int replacementSeconds) throws Exception {
        Path image = Files.createTempDirectory("iscsi").resolve("image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE);
        }
        Modules.load("sd_mod");
        unit = new IscsiUnit(replacementSeconds, "--backing-store", image.toString());
        Await.until("the disk is there", () -> find().isPresent());
        disk = find().orElseThrow();
        Await.until(disk.node() + " has its size", () -> Files.exists(disk.node()) && disk.size() == SIZE);
    }

    private static Optional<Disk> find() throws IOException {
        return IscsiUnit.find("block").map(path -> new Disk(path.getFileName().toString()));
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public void kill() throws Exception {
        unit.kill();
    }

    @Override
    public void bringBack() throws Exception {
        unit.serve();
    }

    @Override
    public void close() throws Exception {
        unit.close();
    }
}
