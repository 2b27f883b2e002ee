package io.pinion.guest.boot;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A virtual machine, booted: QEMU, which emulates the processor, so that it needs nothing of the real one, and a virtiofsd for each
 * of its two file systems. It ends by itself when its work is done.
 */
final class Machine implements AutoCloseable {
    private static final int MEMORY_MIB = 1024;

    /** As long as a socket's daemon may take to come up. */
    private static final long SOCKET_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final List<Process> daemons = new ArrayList<>();
    private final Path sockets;
    private final Process qemu;

    /**
     * Starts it.
     *
     * @param kernel the folder with the kernel and its modules
     * @param init the first process's program
     * @param share what is {@code /mnt} there
     * @param logs where the console and the programs write what they have to say
     */
    Machine(Path kernel, Path init, Path share, Path logs) throws IOException {
        // A socket's path has at most 108 bytes (unix(7)), which a build's folder may not leave.
        sockets = Files.createTempDirectory("pinion");
        try {
            Path root = daemon("root", Path.of("/"), "always", logs);
            Path shared = daemon("share", share, "auto", logs);
            qemu = start(logs.resolve("qemu.log"), command(kernel, init, root, shared, logs.resolve("console.log")));
        } catch (IOException e) {
            endDaemons();
            throw e;
        }
    }

    private static List<String> command(Path kernel, Path init, Path root, Path share, Path console) {
        String parameters = "console=ttyS0 panic=-1 mitigations=off rootfstype=virtiofs root=root ro init=" + init
                + " MODULES=" + kernel;
        // One processor: with two of them a kernel was seen to stumble while it booted.
        return List.of(
                "qemu-system-x86_64",
                "-accel",
                "tcg",
                "-cpu",
                "max",
                "-smp",
                "1",
                "-m",
                MEMORY_MIB + "M",
                "-object",
                "memory-backend-memfd,id=memory,share=on,size=" + MEMORY_MIB + "M",
                "-machine",
                "q35,memory-backend=memory,usb=off",
                "-nodefaults",
                "-no-user-config",
                "-nographic",
                "-no-reboot",
                "-serial",
                "file:" + console,
                "-kernel",
                kernel.resolve("vmlinuz").toString(),
                "-append",
                parameters,
                "-chardev",
                "socket,id=root,path=" + root,
                "-device",
                "vhost-user-fs-pci,chardev=root,tag=root",
                "-chardev",
                "socket,id=share,path=" + share,
                "-device",
                "vhost-user-fs-pci,chardev=share,tag=share");
    }

    /** {@return the socket of a daemon that offers this folder} */
    private Path daemon(String name, Path folder, String cache, Path logs) throws IOException {
        Path socket = sockets.resolve(name);
        Process daemon = start(
                logs.resolve("virtiofsd-" + name + ".log"),
                List.of(
                        Needs.virtiofsd().toString(),
                        "--socket-path=" + socket,
                        "-o",
                        "source=" + folder + ",cache=" + cache + ",sandbox=chroot"));
        daemons.add(daemon);
        long start = System.nanoTime();
        while (!Files.exists(socket)) {
            if (!daemon.isAlive() || System.nanoTime() - start > SOCKET_NANOS) {
                throw new IOException("virtiofsd for " + folder + " did not come up: see " + logs);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return socket;
    }

    private static Process start(Path log, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    boolean isRunning() {
        return qemu.isAlive();
    }

    /** Ends it, at once. */
    @Override
    public void close() {
        qemu.destroyForcibly();
        endDaemons();
    }

    private void endDaemons() {
        for (Process daemon : daemons) {
            daemon.descendants().forEach(ProcessHandle::destroyForcibly);
            daemon.destroyForcibly();
        }
        for (String name : List.of("root", "share", "")) {
            sockets.resolve(name).toFile().delete();
        }
    }
}
