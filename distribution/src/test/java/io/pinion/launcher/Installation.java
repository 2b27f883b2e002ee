package io.pinion.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The archive as a user has it: unpacked somewhere, run by its script. For one thread. */
public final class Installation implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Path directory;
    private final Path home;
    private final List<Process> started = new ArrayList<>();

    private Installation(Path directory, Path home) {
        this.directory = directory;
        this.home = home;
    }

    /** What a process said, and its exit status. */
    public record Result(int status, String output) {}

    /** Something that comes true some time. */
    public interface Condition {
        boolean isTrue() throws Exception;
    }

    /** {@return the archive, unpacked} */
    public static Installation unpack(Path archive, Path directory) throws Exception {
        List<String> tar = List.of("tar", "xzf", archive.toString(), "-C", directory.toString());
        assertThat(new ProcessBuilder(tar).inheritIO().start().waitFor()).isZero();
        return new Installation(
                directory, directory.resolve(archive.toFile().getName().replace(".tar.gz", "")));
    }

    /** {@return where it is unpacked} */
    public Path home() {
        return home;
    }

    /** {@return what came of {@code bin/pinion} with these words} */
    public Result run(String... words) throws Exception {
        Path output = Files.createTempFile(directory, "command", ".out");
        return new Result(start(output, words).waitFor(), Files.readString(output));
    }

    /** {@return {@code bin/pinion} with these words, running} */
    public Process start(Path output, String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/pinion").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("PINION_DATA");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    /** Waits until a file holds a text. */
    public static void await(Path file, String text) throws Exception {
        await(text, () -> Files.exists(file) && Files.readString(file).contains(text));
    }

    /** Waits until something comes true. */
    public static void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.isTrue()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }
}
