package io.pinion.guest.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** Programs of the operating system. */
public final class Command {
    private static final int LIMIT_SECONDS = 60;

    private Command() {}

    /** Runs a program to its end. {@return what it wrote; a status other than 0 is a failure} */
    public static String run(String... command) throws IOException, InterruptedException {
        Outcome outcome = outcome(command);
        if (!outcome.isSuccess()) {
            throw new AssertionError(String.join(" ", command) + " " + outcome);
        }
        return outcome.said;
    }

    /** Runs a program to its end. {@return whether its status is 0} */
    public static boolean succeeds(String... command) throws IOException, InterruptedException {
        return outcome(command).isSuccess();
    }

    private static Outcome outcome(String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("command", ".log");
        try {
            Process process = start(output, command);
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return new Outcome(
                    ended ? OptionalInt.of(process.exitValue()) : OptionalInt.empty(),
                    Files.readString(output).strip());
        } finally {
            Files.delete(output);
        }
    }

    /** Starts a program that goes on. Skips the test when the machine has not got it, whose package that says. */
    static Process start(Path output, String... command) throws IOException {
        boolean isThere = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(command[0])));
        if (!isThere) {
            throw new TestAbortedException("needs the program " + command[0] + " on the host");
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    private record Outcome(OptionalInt status, String said) {
        boolean isSuccess() {
            return status.equals(OptionalInt.of(0));
        }

        @Override
        public String toString() {
            String how = status.isPresent()
                    ? "ended with " + status.getAsInt()
                    : "did not end within " + LIMIT_SECONDS + " s";
            return how + ": " + said;
        }
    }
}
