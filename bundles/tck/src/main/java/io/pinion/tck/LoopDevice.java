package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A loop device on a file (losetup(8)), for tests of strategies that serve block devices. Where there can't be one the test is
 * skipped, with the reason: it takes root, Linux and {@code losetup}. For the test's thread alone.
 */
public final class LoopDevice implements AutoCloseable {
    private static final Path CONTROL = Path.of("/dev/loop-control");

    private final Path file;
    private final Path path;

    private LoopDevice(Path file, Path path) {
        this.file = file;
        this.path = path;
    }

    /**
     * {@return a device of so many zeroes}
     *
     * @param directory for the file behind it, which {@link #close} deletes
     * @param size in bytes, rounded up to whole blocks, at least one
     * @param logicalBlockSize 512 to 4096, a power of two
     */
    public static LoopDevice of(Path directory, long size, int logicalBlockSize) throws Exception {
        Path file = Files.createTempFile(directory, "loop", "");
        long blocks = Math.max(1, (size + logicalBlockSize - 1) / logicalBlockSize);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(blocks * logicalBlockSize);
        }
        return on(file, "--sector-size", String.valueOf(logicalBlockSize));
    }

    /** {@return a device on a file} {@code options} are those of losetup(8). */
    public static LoopDevice on(Path file, String... options) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to set up a loop device");
        assumeTrue(Files.exists(CONTROL), "needs loop devices: " + CONTROL + " is missing");
        List<String> arguments = new ArrayList<>(List.of("--find", "--show"));
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        return new LoopDevice(file, Path.of(losetup(arguments.toArray(new String[0]))));
    }

    /** {@return the device's node} */
    public Path path() {
        return path;
    }

    /** {@return the file behind it} */
    public Path file() {
        return file;
    }

    /** Detaches the device, once its last user has closed it, and deletes the file. */
    @Override
    public void close() throws IOException, InterruptedException {
        losetup("--detach", path.toString());
        Files.deleteIfExists(file);
    }

    /** {@return what losetup(8) says; it fails the test when that fails} */
    public static String losetup(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("losetup"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
