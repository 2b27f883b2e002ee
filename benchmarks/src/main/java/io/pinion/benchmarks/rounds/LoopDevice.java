package io.pinion.benchmarks.rounds;

import io.pinion.benchmarks.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A loop device on a file that is written in full before, and read and written by direct I/O (losetup(8)). */
final class LoopDevice extends BlockDevice {
    private static final Path CONTROL = Path.of("/dev/loop-control");

    private final Path file;
    private String name = "";

    LoopDevice(Path file, long size) {
        super(size);
        this.file = file;
    }

    @Override
    synchronized void setUp() throws IOException, InterruptedException {
        if (!Files.exists(CONTROL)) {
            throw new IOException("needs loop devices: " + CONTROL + " is missing (modprobe loop)");
        }
        if (!Files.isWritable(CONTROL)) {
            throw new IOException("needs root, to set up a loop device");
        }
        Work.fill(file, size());
        String node = Command.run(List.of("losetup", "--find", "--show", "--direct-io=on", file.toString()))
                .strip();
        name = node.substring(node.lastIndexOf('/') + 1);
        if (!text("loop/dio").equals("1")) {
            throw new IOException("the file system of " + file + " takes no direct I/O from " + node);
        }
    }

    /** A device that is in use is detached when its last user has gone. */
    @Override
    synchronized void remove() throws IOException, InterruptedException {
        if (isAttached()) {
            Command.run(List.of("losetup", "--detach", path().toString()));
            if (isAttached()) {
                throw new IOException(path() + " is still in use");
            }
        }
        Files.deleteIfExists(file);
    }

    /** Once it is detached, the next who wants a loop device may get the same. */
    private boolean isAttached() throws IOException {
        String backing = "loop/backing_file";
        return !name.isEmpty()
                && Files.exists(attribute(backing))
                && text(backing).equals(file.toString());
    }

    @Override
    String name() {
        return name;
    }

    @Override
    String way() {
        return "direct I/O to its file";
    }
}
