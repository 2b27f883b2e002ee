package io.pinion.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive as a user has it: unpacked somewhere, run by its script. */
@Timeout(120)
class DistributionIT {
    private static final long LARGEST = 8_000_000;

    @TempDir
    Path directory;

    private final List<Process> started = new ArrayList<>();
    private Path home;

    private record Result(int status, String output) {}

    @BeforeEach
    void unpack() throws Exception {
        Path archive = Path.of(System.getProperty("pinion.archive"));
        assertThat(Files.size(archive)).isLessThan(LARGEST);
        assertThat(run("tar", "xzf", archive.toString(), "-C", directory.toString())
                        .status())
                .isZero();
        home = directory.resolve(archive.toFile().getName().replace(".tar.gz", ""));
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_command_starts_a_container_and_gives_its_status() throws Exception {
        assertThat(pinion("help").output()).contains("swap", "demo", "reopen", "health");
        assertThat(pinion("volumes").output()).contains("scratch", "OPEN");
        Result refused = pinion("swap", "scratch", "nope");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output()).contains("nope");
        assertThat(pinion("nope").status()).isEqualTo(127);
        assertThat(pinion("--nope").status()).isEqualTo(2);
    }

    @Test
    void the_demo_ends_with_its_line() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[3_000_000]);
        Result demo = pinion("demo", file.toString(), "--strategies", "buffered", "--seconds", "1");
        assertThat(demo.status()).as(demo.output()).isZero();
        assertThat(demo.output().lines().reduce((a, b) -> b).orElse("")).startsWith("demo: ok swaps=0 ");
        assertThat(home.resolve("data/demo.img")).doesNotExist();
    }

    @Test
    void a_server_takes_commands_and_edits_and_ends_by_a_signal() throws Exception {
        Path output = directory.resolve("server.out");
        Process server = start(output, "--server");
        await(output, "pinion: ready in ");
        assertThat(pinion("swap", "scratch", "buffered").status()).isZero();
        assertThat(pinion("history", "scratch").output()).contains("command");
        assertThat(pinion("--server").status()).isEqualTo(1);

        Path volume = home.resolve("etc/io.pinion.volume-scratch.cfg");
        Files.writeString(volume, Files.readString(volume) + "\nnonsense = 1\n");
        await(output, "nonsense=1 is refused");
        assertThat(pinion("volumes").output()).contains("OPEN", "nonsense=1 is refused");

        server.destroy();
        assertThat(server.waitFor()).isZero();
        assertThat(Files.readString(output)).contains("pinion: stopped, all volumes are flushed and closed");
    }

    private Result pinion(String... words) throws Exception {
        Path output = Files.createTempFile(directory, "command", ".out");
        Process process = start(output, words);
        return new Result(process.waitFor(), Files.readString(output));
    }

    private Process start(Path output, String... words) throws IOException {
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

    private static Result run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private static void await(Path file, String text) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(file) || !Files.readString(file).contains(text)) {
            assertThat(System.nanoTime()).as(text).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
