package io.pinion.guest.boot;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import org.opentest4j.TestAbortedException;

/**
 * What came of a test, or of a class or engine that holds some: one file, in the folder that host and guest share, which is
 * there whole or not at all. Files are numbered in the order of the ends, a holder's behind those of what it holds.
 *
 * @param id the unique identifier of JUnit's platform
 * @param text why it failed or was not run, as text: the classes may be the guest's alone
 */
record Result(String id, Outcome outcome, String text) {
    enum Outcome {
        PASSED,
        SKIPPED,
        FAILED
    }

    void write(Path folder, int number) throws IOException {
        Properties values = new Properties();
        values.setProperty("id", id);
        values.setProperty("outcome", outcome.name());
        values.setProperty("text", text);
        Path unfinished = folder.resolve("unfinished");
        try (Writer file = Files.newBufferedWriter(unfinished)) {
            values.store(file, null);
        }
        Files.move(unfinished, file(folder, number), StandardCopyOption.ATOMIC_MOVE);
    }

    /** {@return the result of this number; empty as long as there is none} */
    static Optional<Result> read(Path folder, int number) throws IOException {
        Path file = file(folder, number);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties values = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            values.load(reader);
        }
        return Optional.of(new Result(
                values.getProperty("id"), Outcome.valueOf(values.getProperty("outcome")), values.getProperty("text")));
    }

    private static Path file(Path folder, int number) {
        return folder.resolve(number + ".properties");
    }

    /** {@return whether this tells of that test: its own result, or the end of what would have held it} */
    boolean covers(String test) {
        return test.equals(id) || test.startsWith(id + "/");
    }

    /** {@return what this is to a test whose result it is, or which has none of its own and never will} */
    Result of(String test) {
        return test.equals(id) || outcome != Outcome.PASSED
                ? this
                : new Result(test, Outcome.FAILED, "the guest has not run it: " + id + " ended without it");
    }

    /** Passes, fails or is skipped as the test in the guest was. */
    void repeat() {
        switch (outcome) {
            case PASSED -> {}
            case SKIPPED -> throw new TestAbortedException(text);
            case FAILED -> throw failure(text);
        }
    }

    /** {@return a failure whose words are all there is: the stack here has nothing to do with it} */
    static AssertionError failure(String words) {
        AssertionError failure = new AssertionError(words);
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }
}
