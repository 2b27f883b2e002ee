package io.pinion.guest.device;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A network block device: qemu-nbd(8) on the loopback interface, and nbd-client(8), which connects the kernel to it.
 * nbd-server(1) will not do: between listening and accepting it looks for a prime of 2048 bits, by chance, which takes an
 * emulated processor up to half a minute.
 */
public final class NbdDisk implements NetworkDisk {
    private static final int PORT = 10_809;
    private static final String EXPORT = "pinion";

    /** As long as a service manager pauses before it starts a program again. */
    private static final int RESTART_MILLIS = 500;

    private final Disk disk = new Disk("nbd0");
    private final Path folder = Files.createTempDirectory("nbd");
    private final Path image = folder.resolve("image");
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
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(SIZE);
        }
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

    /** Stops the client. That interrupts NBD_DO_IT, which ends the connection, before the client has the driver clear it up. */
    public void stopClient() throws Exception {
        signalClient("STOP");
    }

    /** Has the client go on, and so end. */
    public void continueClient() throws Exception {
        signalClient("CONT");
    }

    /** By the shell, which has kill built in. */
    private void signalClient(String signal) throws Exception {
        Command.run("sh", "-c", "kill -" + signal + " " + client.pid());
    }

    private void connect() throws Exception {
        server = new Server(
                folder.resolve("server.log"),
                "qemu-nbd",
                "--bind=127.0.0.1",
                "--port=" + PORT,
                "--export-name=" + EXPORT,
                "--format=raw",
                "--persistent",
                "--shared=0",
                image.toString());
        Await.until(() -> "a server listens; " + server.lastWords(), () -> Loopback.isServed(PORT));
        client = startClient();
        Await.until(
                () -> disk.node() + " is connected; " + server.lastWords() + "; " + client.lastWords(),
                this::isConnected);
    }

    private Server startClient() throws IOException {
        return new Server(
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
    }

    /**
     * {@return whether the client serves the device} As long as somebody has the device open since the connection before, that
     * one's are what its folder shows, and the client ends with EBUSY: it is started again, as a service manager does.
     */
    private boolean isConnected() throws Exception {
        if (!client.isRunning()) {
            Thread.sleep(RESTART_MILLIS);
            client = startClient();
        }
        try {
            return disk.number("pid") == client.pid() && disk.size() == SIZE;
        } catch (IOException e) {
            // There is no such file while nothing is connected.
            return false;
        }
    }

    @Override
    public void close() throws Exception {
        Command.succeeds("nbd-client", "-d", disk.node().toString());
        client.close();
        server.close();
        Modules.unload("nbd");
    }
}
