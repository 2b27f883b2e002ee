package io.pinion.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive as a user has it: unpacked somewhere, run by its script. */
@Timeout(120)
class DistributionIT {
    private static final long LARGEST = 9_000_000;

    @TempDir
    Path directory;

    private Installation installation;

    @BeforeEach
    void unpack() throws Exception {
        Path archive = Path.of(System.getProperty("pinion.archive"));
        assertThat(Files.size(archive)).isLessThan(LARGEST);
        installation = Installation.unpack(archive, directory);
    }

    @AfterEach
    void stop() throws InterruptedException {
        installation.close();
    }

    @Test
    void a_command_starts_a_container_and_gives_its_status() throws Exception {
        assertThat(installation.run("help").output()).contains("swap", "demo", "reopen", "health");
        assertThat(installation.run("volumes").output()).contains("scratch", "OPEN");
        Installation.Result health = installation.run("health");
        assertThat(health.output()).contains("Pinion volumes: OK", "Pinion memory: ", "Pinion flush: OK");
        assertThat(health.status()).isZero();
        Installation.Result refused = installation.run("swap", "scratch", "nope");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output()).contains("nope");
        assertThat(installation.run("nope").status()).isEqualTo(127);
        assertThat(installation.run("--nope").status()).isEqualTo(2);
    }

    @Test
    void the_demo_ends_with_its_line() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[3_000_000]);
        Installation.Result demo =
                installation.run("demo", file.toString(), "--strategies", "buffered", "--seconds", "1");
        assertThat(demo.status()).as(demo.output()).isZero();
        assertThat(demo.output().lines().reduce((a, b) -> b).orElse("")).startsWith("demo: ok swaps=0 ");
        assertThat(installation.home().resolve("data/demo.img")).doesNotExist();
    }

    @Test
    void files_go_to_a_tape_and_come_back() throws Exception {
        Path image = directory.resolve("backup.tap");
        Files.writeString(
                installation.home().resolve("etc/io.pinion.tape-image.cfg"), "target = tape-image:" + image + "\n");
        Path file = Files.writeString(directory.resolve("file"), "hello");
        Installation.Result written = installation.run("tape", "image", "write", file.toString());
        assertThat(written.status()).as(written.output()).isZero();
        assertThat(written.output()).contains("image: 1 file or directory, 5 B");
        assertThat(installation
                        .run("tape", "image", "write", "--append", file.toString())
                        .status())
                .isZero();
        assertThat(installation.run("tape", "image", "list", "--all").output().lines())
                .filteredOn(line -> line.endsWith(file.toString().substring(1)))
                .hasSize(2);
        Path back = directory.resolve("back");
        assertThat(installation.run("tape", "image", "read", back.toString()).status())
                .isZero();
        assertThat(back.resolve(file.toString().substring(1))).hasContent("hello");
        assertThat(installation.run("tape", "image", "forward", "9").status()).isEqualTo(1);
        assertThat(installation.run("volumes").output()).contains("image", "tape-image");
    }

    @Test
    void a_server_takes_commands_and_edits_and_ends_by_a_signal() throws Exception {
        Path output = directory.resolve("server.out");
        Process server = installation.start(output, "--server");
        Installation.await(output, "pinion: ready in ");
        assertThat(installation.run("swap", "scratch", "buffered").status()).isZero();
        assertThat(installation.run("history", "scratch").output()).contains("command");
        assertThat(installation.run("--server").status()).isEqualTo(1);

        Path volume = installation.home().resolve("etc/io.pinion.volume-scratch.cfg");
        Files.writeString(volume, Files.readString(volume) + "\nnonsense = 1\n");
        Installation.await(output, "nonsense is unknown");
        assertThat(installation.run("volumes").output()).contains("OPEN", "nonsense is unknown");

        server.destroy();
        assertThat(server.waitFor()).isZero();
        assertThat(Files.readString(output)).contains("pinion: stopped, all volumes are flushed and closed");
    }
}
