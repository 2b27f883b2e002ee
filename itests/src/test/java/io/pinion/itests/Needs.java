package io.pinion.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.Assume;

/**
 * What a scenario needs of the machine. From within a container, a test that is skipped is reported as one that has
 * passed; so it is written down too, where {@code .ci/run} looks.
 */
final class Needs {
    private static final Path SKIPPED = Container.BUILD.resolve("skipped");

    private Needs() {}

    /** Skips the test when it is not there. */
    static void that(Class<?> scenario, String what, boolean isThere) {
        if (!isThere) {
            try {
                Files.createDirectories(SKIPPED);
                Files.writeString(
                        SKIPPED.resolve(scenario.getSimpleName()),
                        what + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new AssertionError("a test is skipped, and that can't be noted: " + what, e);
            }
            Assume.assumeTrue(what, false);
        }
    }
}
