package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An ext4 file system of its own, on a loop device, which can be filled up and cut off. */
final class SmallDisk implements AutoCloseable {
    private final Path image;
    private final Path root;

    SmallDisk(Path directory, long size) throws Exception {
        Deprived.assumeRoot("to mount a file system");
        assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices: /dev/loop-control is missing");
        image = directory.resolve("image");
        root = Files.createDirectory(directory.resolve("mounted"));
        resize(size);
        // Without a journal, which would end the file system with its first error.
        run("mkfs.ext4", "-q", "-O", "^has_journal", "-m", "0", image.toString());
        run("mount", "-o", "loop", image.toString(), root.toString());
    }

    Path root() {
        return root;
    }

    /** What lay beyond is lost: the device answers reads of it with an error. */
    void cut(long size) throws Exception {
        run("sync", "--file-system", root.toString());
        resize(size);
    }

    private void resize(long size) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(size);
        }
    }

    /** Leaves no block free. */
    void fill() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(root.resolve("rest").toFile(), "rw")) {
            byte[] block = new byte[1024];
            while (true) {
                file.write(block);
                file.getFD().sync();
            }
        } catch (IOException e) {
            // That is the end.
            run("sync", "--file-system", root.toString());
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + output);
    }

    @Override
    public void close() throws Exception {
        run("umount", "--lazy", root.toString());
    }
}
