package io.pinion.benchmarks.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.benchmarks.Work;
import io.pinion.benchmarks.plan.Medium;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Devices that are set up are taken down, however it ends. */
@Timeout(120)
class DevicesTest {
    private static final Set<Medium> MEDIA = Set.of(Medium.LOOP, Medium.ZRAM);
    private static final long SIZE = 8L << 20;

    @Test
    void whatIsNotAskedForIsNotSetUp() throws Exception {
        try (Devices devices = Devices.of(Set.of(Medium.FILE), Work.directory(), SIZE)) {
            assertEquals("", devices.absence(Medium.LOOP));
            assertTrue(devices.environment().isEmpty());
        }
    }

    @Test
    void whatIsSetUpIsGoneAfterwards() throws Exception {
        Path loop;
        Path zram;
        try (Devices devices = Devices.of(MEDIA, Work.directory(), SIZE)) {
            requireBoth(devices);
            loop = devices.path(Medium.LOOP);
            zram = devices.path(Medium.ZRAM);
            for (Path device : List.of(loop, zram)) {
                try (FileChannel channel = FileChannel.open(device, StandardOpenOption.READ)) {
                    assertEquals(SIZE, channel.size());
                }
            }
            assertTrue(
                    devices.environment()
                            .get("loop device")
                            .matches(loop + ", 8 MiB, blocks of \\d+ bytes, direct I/O to its file"),
                    devices.environment()::toString);
        }
        assertGone(loop, zram);
    }

    @Test
    void aSignalEndsWhoUsesThemAndTakesThemDown() throws Exception {
        Process process = new ProcessBuilder(Command.java(Held.class, List.of()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            String missing = lines.readLine();
            assumeTrue("".equals(missing), missing);
            Path loop = Path.of(lines.readLine());
            Path zram = Path.of(lines.readLine());
            assertTrue(Files.exists(sys(zram)));
            process.destroy();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertGone(loop, zram);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program that sets both up, has another one use them, and waits. */
    static final class Held {
        public static void main(String[] arguments) throws Exception {
            Devices devices = Devices.of(MEDIA, Work.directory(), SIZE);
            String missing = devices.absence(Medium.LOOP) + devices.absence(Medium.ZRAM);
            System.out.println(missing);
            if (missing.isEmpty()) {
                Path loop = devices.path(Medium.LOOP);
                Path zram = devices.path(Medium.ZRAM);
                new ProcessBuilder("sh", "-c", "exec 3<" + loop + " 4<" + zram + "; echo held; sleep 300")
                        .start()
                        .inputReader()
                        .readLine();
                System.out.println(loop + "\n" + zram);
                // Until it is ended by a signal, or the test has gone.
                System.in.read();
            }
        }
    }

    private static void requireBoth(Devices devices) {
        for (Medium medium : MEDIA) {
            assumeTrue(devices.absence(medium).isEmpty(), devices.absence(medium));
        }
    }

    private static void assertGone(Path loop, Path zram) throws IOException {
        Path file = Work.directory().resolve("loop.bin").toAbsolutePath();
        Path backing = sys(loop).resolve("loop/backing_file");
        assertFalse(Files.exists(backing) && Files.readString(backing).strip().equals(file.toString()));
        assertFalse(Files.exists(file));
        assertFalse(Files.exists(sys(zram)));
    }

    private static Path sys(Path node) {
        return Path.of("/sys/block").resolve(node.getFileName());
    }
}
