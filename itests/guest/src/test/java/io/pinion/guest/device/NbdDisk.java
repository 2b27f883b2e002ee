package io.pinion.guest.device;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A network block device: nbd-server on the loopback interface, and nbd-client(8), which connects the kernel to it. */
public final class NbdDisk implements NetworkDisk {
    private static final int PORT = 10_809;
    private static final String EXPORT = "pinion";

    private final Disk disk = new Disk("nbd0");
    private final Path folder = Files.createTempDirectory("nbd");
    private final int timeoutSeconds;
    private Server server;
    private Server client;

    /**
     * Serves a new disk, and connects to it.
     *
     * @param timeoutSeconds how long a request may take before the kernel gives the connection up ({@code -timeout})
     */
    public NbdDisk(int timeoutSeconds) throws Exception {
        this.timeoutSeconds = timeoutSeconds;
        try (RandomAccessFile image =
                new RandomAccessFile(folder.resolve("image").toFile(), "rw")) {
            image.setLength(SIZE);
        }
        Files.write(
                folder.resolve("config"),
                List.of(
                        "[generic]",
                        "listenaddr=127.0.0.1",
                        "port=" + PORT,
                        "[" + EXPORT + "]",
                        "exportname=" + folder.resolve("image"),
                        "flush=true",
                        "fua=true"));
        Modules.load("nbd", "nbds_max=1");
        connect();
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public void kill() throws Exception {
        server.close();
    }

    /** Connects anew, too: nbd-client 3.24 ends when a connection breaks, also with {@code -persist}. */
    @Override
    public void bringBack() throws Exception {
        client.awaitEnd();
        connect();
    }

    private void connect() throws Exception {
        server = new Server(
                folder.resolve("server.log"),
                "nbd-server",
                "-C",
                folder.resolve("config").toString(),
                "-d");
        Await.until("nbd-server listens", () -> Loopback.isServed(PORT));
        client = new Server(
                folder.resolve("client.log"),
                "nbd-client",
                "-nonetlink",
                "-nofork",
                "-timeout",
                Integer.toString(timeoutSeconds),
                "-name",
                EXPORT,
                "127.0.0.1",
                Integer.toString(PORT),
                disk.node().toString());
        Path connected = disk.sys().resolve("pid");
        Await.until(disk.node() + " is connected", () -> Files.exists(connected) && disk.size() == SIZE);
    }

    @Override
    public void close() throws Exception {
        Command.succeeds("nbd-client", "-d", disk.node().toString());
        client.close();
        server.close();
        Modules.unload("nbd");
    }
}
