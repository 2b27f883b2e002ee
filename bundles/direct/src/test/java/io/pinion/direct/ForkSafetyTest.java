package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starting processes during direct I/O harms no buffer, whichever way the JDK starts them; Pinion's own memory no child gets. */
@Timeout(120)
class ForkSafetyTest {
    private static final long MILLIS = 2000;
    private static final Pattern RESULT = Pattern.compile(
            DirectWhileForking.FINE + " processes=(\\d+) called=(\\d+) queued=(\\d+) bounce=(.*) lease=(.*)");

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"FORK", "VFORK", "POSIX_SPAWN"})
    void processesThatAreStartedHarmNoBuffer(String mechanism) throws Exception {
        String said = run(mechanism);
        assumeFalse(
                said.startsWith(DirectWhileForking.UNAVAILABLE),
                () -> "needs a JDK that starts processes by " + mechanism + ": " + said);
        Matcher result = RESULT.matcher(said);
        assertTrue(result.find(), said);
        for (int count = 1; count <= 3; count++) {
            assertTrue(Integer.parseInt(result.group(count)) > 1, said);
        }
        assertEquals("kept", result.group(4), said);
        assertEquals("kept", result.group(5), said);
    }

    private String run(String mechanism) throws Exception {
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx64m",
                        "-Djdk.lang.Process.launchMechanism=" + mechanism,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        DirectWhileForking.class.getName(),
                        directory.resolve("file").toString(),
                        Long.toString(MILLIS))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertTrue(process.waitFor(90, TimeUnit.SECONDS), "it goes on and on");
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(said);
    }
}
