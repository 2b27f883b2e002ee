package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A loop device on a file; the test is skipped, with the reason, where there can't be one. */
final class LoopDevice implements AutoCloseable {
    private final Path path;

    LoopDevice(Path file) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to set up a loop device");
        assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices: /dev/loop-control is missing");
        path = Path.of(losetup("--find", "--show", file.toString()));
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        losetup("--detach", path.toString());
    }

    static String losetup(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "losetup";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
