package io.pinion.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The main job on a small block device: when it is refused, what is asked, what it leaves. */
@Timeout(240)
class DemoDeviceIT {
    private static final int SIZE = 64 << 20;
    /** What is left of it when as many blocks as have room are written, each of 64 KiB and a page. */
    private static final int BEYOND = SIZE % (17 * 4096);

    /** More than there is room for. */
    private static final int FILE_SIZE = 80_000_000;

    private static final String[] QUICKLY = {"--seconds", "1", "--every", "20"};

    @TempDir
    Path directory;

    private Installation installation;
    private String device;
    private Path backing;

    @BeforeEach
    void prepare() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, to set up a loop device");
        assumeTrue(Files.exists(Path.of("/dev/loop-control")), "needs loop devices: /dev/loop-control is missing");
        installation = Installation.unpack(Path.of(System.getProperty("pinion.archive")), directory);
        backing = directory.resolve("disk");
        try (RandomAccessFile file = new RandomAccessFile(backing.toFile(), "rw")) {
            file.setLength(SIZE);
        }
        device = output("losetup", "--find", "--show", backing.toString());
        byte[] content = new byte[FILE_SIZE];
        new Random(1).nextBytes(content);
        Files.write(directory.resolve("file"), content);
    }

    @AfterEach
    void stop() throws Exception {
        if (device != null) {
            installation.close();
            output("losetup", "--detach", device);
        }
    }

    @Test
    void with_yes_it_uses_as_much_as_there_is_and_leaves_it() throws Exception {
        Installation.Result demo = demo("--yes");
        assertThat(demo.status()).as(demo.output()).isZero();
        assertThat(demo.output())
                .contains("as there is room for", device + " is left as it is", "block", "buffered")
                .doesNotContain("this destroys");
        assertThat(lastLine(demo)).startsWith("demo: ok ").contains(" failed=0 mismatched=0 ");
        assertThat(Path.of(device)).exists();
        byte[] left = Files.readAllBytes(backing);
        assertThat(left).hasSize(SIZE);
        assertThat(left[SIZE - BEYOND - 1]).isNotZero();
        assertThat(isBlank(left, SIZE - BEYOND)).isTrue();
    }

    @Test
    void without_a_terminal_and_without_yes_it_writes_nothing() throws Exception {
        Installation.Result demo = demo();
        assertThat(demo.status()).isEqualTo(1);
        assertThat(lastLine(demo))
                .startsWith("demo: FAILED this destroys what is on " + device + " (64 MiB, ")
                .endsWith("--yes allows it. Nothing was written");
        assertThat(isBlank()).isTrue();
    }

    @Test
    void on_a_terminal_it_asks() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script(1), of Debian's package bsdutils");
        String refused = onTerminal("no");
        assertThat(refused)
                .contains("this destroys what is on " + device, ": type yes to go on: ")
                .contains("the answer was 'no', not yes. Nothing was written");
        assertThat(isBlank()).isTrue();
        assertThat(onTerminal("yes")).contains("type yes to go on: ", "demo: ok ");
    }

    @Test
    void a_device_in_use_is_refused_whoever_agrees() throws Exception {
        output("mkfs.ext4", "-q", device);
        Path point = Files.createDirectory(directory.resolve("mounted"));
        output("mount", device, point.toString());
        try {
            Installation.Result demo = demo("--yes");
            assertThat(demo.status()).isEqualTo(1);
            assertThat(lastLine(demo))
                    .startsWith("demo: FAILED ")
                    .contains("mounted at " + point, device)
                    .endsWith("Nothing was written");
        } finally {
            output("umount", point.toString());
        }
        output("fsck.ext4", "-nf", device);
    }

    private Installation.Result demo(String... more) throws Exception {
        return installation.run(command(more).toArray(String[]::new));
    }

    private List<String> command(String... more) {
        List<String> words =
                new ArrayList<>(List.of("demo", directory.resolve("file").toString(), "--target", device));
        words.addAll(List.of(QUICKLY));
        words.addAll(List.of(more));
        return words;
    }

    /** {@return what a person sees who starts it and types an answer} */
    private String onTerminal(String answer) throws Exception {
        String line = installation.home().resolve("bin/pinion") + " " + String.join(" ", command());
        ProcessBuilder script = new ProcessBuilder("script", "-q", "-c", line, "/dev/null").redirectErrorStream(true);
        script.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = script.start();
        process.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private boolean isBlank() throws IOException {
        return isBlank(Files.readAllBytes(backing), 0);
    }

    private static boolean isBlank(byte[] bytes, int from) {
        return Arrays.equals(bytes, from, bytes.length, new byte[bytes.length - from], 0, bytes.length - from);
    }

    private static String lastLine(Installation.Result result) {
        return result.output().lines().reduce((a, b) -> b).orElse("");
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
