package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A loop device on a file; the test is skipped, with the reason, where there can't be one. */
final class LoopDevice implements AutoCloseable {
    private final Path path;

    /** With further options of losetup. */
    LoopDevice(Path file, String... options) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to set up a loop device");
        assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices: /dev/loop-control is missing");
        List<String> arguments = new ArrayList<>(List.of("losetup", "--find", "--show"));
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        path = Path.of(run(arguments.toArray(new String[0])));
    }

    Path path() {
        return path;
    }

    /** {@return the kernel's name} */
    String name() {
        return path.getFileName().toString();
    }

    /** Adds a partition, without a table that some kernels don't read; in sectors. {@return its node} */
    Path partition(int number, long start, long length) throws IOException, InterruptedException {
        run("addpart", path.toString(), "" + number, "" + start, "" + length);
        return Path.of(path + "p" + number);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("losetup", "--detach", path.toString());
    }

    static String losetup(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("losetup"));
        command.addAll(List.of(arguments));
        return run(command.toArray(new String[0]));
    }

    /** {@return what the command prints, which must succeed} */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + output);
        return output;
    }
}
