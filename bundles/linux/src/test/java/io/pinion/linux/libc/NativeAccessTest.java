package io.pinion.linux.libc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another JVM says that was told otherwise about native code: no warning that JNA alone would not have given. */
class NativeAccessTest {
    private static final int WARNS_OF_JNA_SINCE = 24;
    private static final int JAVA = Runtime.version().feature();

    @TempDir
    Path directory;

    @Test
    void isSilentWhereItIsEnabled() throws Exception {
        List<String> said = run("--enable-native-access=ALL-UNNAMED");
        assertEquals(List.of(new LibC().way()), said);
    }

    @Test
    void addsNoWarningWhereNobodyEnabledIt() throws Exception {
        List<String> said = run();
        List<String> warnings =
                said.stream().filter(line -> line.startsWith("WARNING:")).toList();
        if (JAVA < WARNS_OF_JNA_SINCE) {
            assertEquals(List.of(), warnings);
            assertTrue(said.get(0).startsWith("system calls by JNA: "), said::toString);
        } else {
            assertEquals("WARNING: A restricted method in java.lang.System has been called", warnings.get(0));
            assertTrue(warnings.stream().noneMatch(line -> line.contains("Linker")), said::toString);
            assertEquals("system calls by java.lang.foreign", said.get(said.size() - 1));
        }
    }

    /** Older JVMs deny nobody; there JNA is kept from its library otherwise. */
    @Test
    void hasNoCallsWhereItIsDenied() throws Exception {
        List<String> said = run(JAVA >= WARNS_OF_JNA_SINCE ? "--illegal-native-access=deny" : "-Djna.nounpack=true");
        assertTrue(said.stream().anyMatch(line -> line.contains("No system calls: JNA can't load")), said::toString);
        assertEquals("none", said.get(said.size() - 1));
    }

    /** {@return what a JVM with these options says, line by line} */
    private List<String> run(String... options) throws Exception {
        Path said = directory.resolve("said");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(NativeAccessTest.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it does not end");
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(said, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), lines::toString);
        return lines;
    }

    /** Runs in the other JVM. */
    public static void main(String[] arguments) {
        System.out.println(LibCRegistration.calls("Linux", "amd64")
                .map(calls -> calls.way())
                .orElse("none"));
    }
}
