package io.pinion.benchmarks.rounds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs, each to its end or for as long as it may take. */
public final class Command {
    private static final Duration USUAL = Duration.ofMinutes(2);

    private Command() {}

    /** {@return what it printed} Within two minutes; otherwise as with {@linkplain #run(List, Duration) patience}. */
    public static String run(List<String> command) throws IOException, InterruptedException {
        return run(command, USUAL);
    }

    /**
     * {@return what it printed}
     *
     * @throws IOException with its last complaint, when it can't be started, fails or does not end in time
     */
    public static String run(List<String> command, Duration patience) throws IOException, InterruptedException {
        Path output = Files.createTempFile("sample", ".out");
        Path errors = Files.createTempFile("sample", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            if (!ended || process.exitValue() != 0) {
                String how =
                        ended ? "ended with " + process.exitValue() : "did not end in " + patience.toSeconds() + " s";
                throw new IOException(command.get(0) + " " + how + complaint(errors));
            }
            return Files.readString(output, StandardCharsets.UTF_8);
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private static String complaint(Path errors) {
        try {
            List<String> lines = Files.readAllLines(errors, StandardCharsets.UTF_8);
            return lines.isEmpty() ? "" : ": " + lines.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a command that runs a class in a virtual machine like this one} */
    public static List<String> java(Class<?> main, List<String> arguments) {
        return java(main, List.of(), arguments);
    }

    /** {@return such a command, of a virtual machine with more options} */
    public static List<String> java(Class<?> main, List<String> options, List<String> arguments) {
        return java(main, System.getProperty("java.class.path"), options, arguments);
    }

    /** {@return such a command, with other libraries} */
    public static List<String> java(Class<?> main, String classPath, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(arguments);
        return command;
    }
}
