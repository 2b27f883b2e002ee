package io.pinion.examples;

import static io.pinion.launcher.Installation.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.launcher.Installation;
import io.pinion.launcher.Installation.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strangers' drivers: the example, and one that the archetype makes for the same scheme, so that they can be swapped. */
@Timeout(300)
class DriversIT {
    private static final String EXAMPLES = "io.example.sealed";
    private static final String MADE = "com.acme.vault";
    private static final int SWAPS = 4;

    @TempDir
    private static Path projects;

    private static Driver example;
    private static Driver made;

    @TempDir
    private Path directory;

    private Installation installation;

    @BeforeAll
    static void build() throws Exception {
        example = Driver.copied(projects).build();
        made = Driver.made(
                        projects.resolve("made"),
                        "vault",
                        "-DgroupId=com.acme",
                        "-DartifactId=" + MADE,
                        "-Dpackage=" + MADE,
                        "-Dscheme=sealed")
                .build();
        // For the tests in other containers.
        Path drivers = Files.createDirectories(Path.of(System.getProperty("pinion.drivers")));
        for (Driver driver : List.of(example, made)) {
            Files.copy(driver.jar(), drivers.resolve(driver.name() + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (installation != null) {
            installation.close();
        }
    }

    @Test
    void the_kit_ran_on_both_and_so_did_their_own_tests() throws Exception {
        for (Driver driver : List.of(example, made)) {
            assertThat(driver.succeeded("ContractTest")).as(driver.name()).isGreaterThan(50);
            assertThat(driver.succeeded("StrategyTest")).as(driver.name()).isGreaterThan(8);
        }
    }

    @Test
    void the_archetype_makes_the_example_when_it_is_given_its_names() throws Exception {
        Driver again = Driver.made(
                directory, "sealed", "-DgroupId=io.example", "-DartifactId=" + EXAMPLES, "-Dpackage=" + EXAMPLES);
        assertThat(again.sources()).isEqualTo(example.sources());
    }

    @Test
    void a_driver_needs_the_contracts_and_the_jdk() throws Exception {
        for (Driver driver : List.of(example, made)) {
            try (JarFile jar = new JarFile(driver.jar().toFile())) {
                assertThat(jar.getManifest().getMainAttributes().getValue("Import-Package"))
                        .isEqualTo("io.pinion.strategy;version=\"[0.1,1)\",javax.crypto,javax.crypto.spec");
            }
        }
    }

    @Test
    void a_running_distribution_takes_them_and_swaps_to_them_and_back_under_load() throws Exception {
        installation = Installation.unpack(Path.of(System.getProperty("pinion.archive")), directory);
        String target = "sealed:" + directory.resolve("ledger.sealed");
        Files.writeString(
                installation.home().resolve("etc/io.pinion.volume-ledger.cfg"),
                "target = " + target + "\nsize = 16MiB\nstrategy = sealed\n");
        Path output = directory.resolve("server.out");
        installation.start(output, "--server");
        await(output, "pinion: ready in ");
        assertThat(run("why", "ledger")).containsPattern("WAITING: .*sealed");

        drop(example);
        drop(made);
        await("both are registered", () -> run("strategies").contains("vault"));
        assertThat(run("strategies", target)).contains("key.file is not set");
        Path key = key();
        configure(EXAMPLES, key);
        configure(MADE, key);
        await("the volume is open", () -> run("volumes").matches("(?s).*ledger +OPEN +sealed .*"));
        swapThereAndBack("ledger", 2);

        Path load = directory.resolve("load.out");
        Process demo = installation.start(load, demo("sealed", 25));
        await("the load runs", () -> run("volumes").matches("(?s).*demo +OPEN +sealed .*"));
        swapThereAndBack("demo", SWAPS);
        assertThat(demo.isAlive()).as("the load outlasts the swaps").isTrue();
        assertThat(demo.waitFor()).as(Files.readString(load)).isZero();
        assertThat(Files.readString(load)).containsPattern("demo: ok swaps=0 .* failed=0 mismatched=0 ");

        assertThat(run(demo("sealed,vault", 2))).containsPattern("demo: ok swaps=\\d\\d+ .* failed=0 mismatched=0 ");
    }

    private String[] demo(String strategies, int seconds) throws Exception {
        String target = "sealed:" + directory.resolve("load.sealed");
        return new String[] {
            "demo",
            random(5_000_000).toString(),
            "--target",
            target,
            "--strategies",
            strategies,
            "--seconds",
            Integer.toString(seconds),
            "--every",
            "50"
        };
    }

    private void swapThereAndBack(String volume, int times) throws Exception {
        for (int swap = 0; swap < times; swap++) {
            String to = swap % 2 == 0 ? "vault" : "sealed";
            Result result = installation.run("swap", volume, to);
            assertThat(result.status()).as(result.output()).isZero();
        }
        assertThat(run("history", volume).lines().filter(line -> line.contains("published  command")))
                .as(volume)
                .hasSize(times);
    }

    private String run(String... words) throws Exception {
        return installation.run(words).output();
    }

    private void drop(Driver driver) throws Exception {
        Files.copy(driver.jar(), installation.home().resolve("deploy/" + driver.name() + ".jar"));
    }

    private void configure(String pid, Path key) throws Exception {
        Files.writeString(installation.home().resolve("etc/" + pid + ".cfg"), "key.file = " + key + "\n");
    }

    private Path key() throws Exception {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        Path key = Files.write(directory.resolve("key"), bytes);
        return Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    private Path random(int size) throws Exception {
        byte[] bytes = new byte[size];
        new SecureRandom().nextBytes(bytes);
        return Files.write(directory.resolve("file"), bytes);
    }
}
