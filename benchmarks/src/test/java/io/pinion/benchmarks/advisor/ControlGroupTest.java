package io.pinion.benchmarks.advisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.benchmarks.rounds.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Control groups by files that look like the kernel's, and the kernel's own where they can be had. */
@Timeout(60)
class ControlGroupTest {
    private static final long MEMORY = 256L << 20;
    private static final String NAME =
            "pinion-benchmark-" + ProcessHandle.current().pid();

    @TempDir
    private Path root;

    /** The kernel's folders are gone with all that is in them; these are not. */
    private static void empty(Path group) throws IOException {
        for (String file : List.of("memory.limit_in_bytes", "blkio.throttle.read_bps_device", "memory.max", "io.max")) {
            Files.deleteIfExists(group.resolve(file));
        }
    }

    @Test
    void versionOneHasAGroupForEachController() throws Exception {
        Path memory = Files.createDirectory(root.resolve("memory")).resolve(NAME);
        Path io = Files.createDirectory(root.resolve("blkio")).resolve(NAME);
        try (ControlGroup group = ControlGroup.of(root, MEMORY)) {
            group.slow("7:0", 400);
            assertEquals("268435456", Files.readString(memory.resolve("memory.limit_in_bytes")));
            assertEquals("7:0 400", Files.readString(io.resolve("blkio.throttle.read_bps_device")));
            List<String> command = group.command(List.of("program", "argument"));
            assertEquals(
                    List.of("sh", memory.toString(), io.toString(), "--", "program", "argument"),
                    command.subList(3, command.size()));
            empty(memory);
            empty(io);
        }
        assertFalse(Files.exists(memory) || Files.exists(io));
    }

    @Test
    void versionTwoHasOneAndTheControllersThatWereMissingAreTakenBack() throws Exception {
        Path control = Files.writeString(root.resolve("cgroup.subtree_control"), "cpu memory\n");
        Path only = root.resolve(NAME);
        try (ControlGroup group = ControlGroup.of(root, MEMORY)) {
            group.slow("7:0", 1 << 20);
            assertEquals("+io", Files.readString(control));
            assertEquals("268435456", Files.readString(only.resolve("memory.max")));
            assertEquals("7:0 rbps=1048576", Files.readString(only.resolve("io.max")));
            empty(only);
        }
        assertEquals("-io", Files.readString(control));
        assertFalse(Files.exists(only));
    }

    @Test
    void whereThereAreNoneItSaysWhatItNeeds() {
        IOException refusal = assertThrows(IOException.class, () -> ControlGroup.of(root, MEMORY));
        assertTrue(refusal.getMessage().startsWith("needs a control group, as root has: "), refusal::getMessage);
    }

    @Test
    void aProgramInItHasItsLimit() throws Exception {
        try (ControlGroup group = real()) {
            String groups = Command.run(group.command(List.of("cat", "/proc/self/cgroup")));
            assertTrue(groups.contains(NAME), groups);
        }
        assertGone(NAME);
    }

    @Test
    void aSignalEndsWhoIsInItAndRemovesIt() throws Exception {
        real().close();
        Process process = new ProcessBuilder(Command.java(Held.class, List.of()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            assertEquals("held", lines.readLine());
            process.destroy();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            assertGone("pinion-benchmark-" + process.pid());
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program that has another one in a group, and waits. */
    static final class Held {
        public static void main(String[] arguments) throws Exception {
            ControlGroup group = ControlGroup.of(ControlGroup.ROOT, MEMORY);
            Process inside = new ProcessBuilder(group.command(List.of("sh", "-c", "echo held; sleep 300"))).start();
            System.out.println(inside.inputReader().readLine());
            // Until it is ended by a signal, or the test has gone.
            System.in.read();
        }
    }

    private static ControlGroup real() {
        try {
            return ControlGroup.of(ControlGroup.ROOT, MEMORY);
        } catch (IOException e) {
            assumeTrue(false, e.getMessage());
            throw new IllegalStateException(e);
        }
    }

    private static void assertGone(String name) {
        assertFalse(Files.exists(ControlGroup.ROOT.resolve(name)));
        assertFalse(Files.exists(ControlGroup.ROOT.resolve("memory").resolve(name)));
    }
}
