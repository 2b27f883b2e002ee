package io.pinion.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit for systemd in the archive, as far as it can be looked at where no systemd runs. */
class ServiceUnitIT {
    private static final int FIRST_WITH_OPTIONS = 250;
    private static final String INSTALLED = "/opt/pinion";
    private static final Pattern PLACE = Pattern.compile(INSTALLED + "(/[a-z/.]+)");

    @TempDir
    Path directory;

    private Path home;
    private String unit;

    @BeforeEach
    void unpack() throws Exception {
        Path archive = Path.of(System.getProperty("pinion.archive"));
        run("tar", "xzf", archive.toString(), "-C", directory.toString());
        home = directory.resolve(archive.toFile().getName().replace(".tar.gz", ""));
        unit = Files.readString(home.resolve("systemd/pinion.service"));
    }

    @Test
    void what_it_names_is_in_the_archive() {
        List<String> places = PLACE.matcher(unit)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(places).containsExactly("/bin/pinion", "/etc");
        assertThat(places).allMatch(place -> Files.exists(home.resolve(place.substring(1))));
        assertThat(home.resolve("bin/pinion")).isExecutable();
    }

    @Test
    void it_runs_a_server_without_root_and_gives_it_time_to_end() {
        assertThat(settings("User")).containsExactly("pinion");
        assertThat(settings("ExecStart")).containsExactly(INSTALLED + "/bin/pinion --server");
        // Volumes.close waits for a minute.
        assertThat(settings("TimeoutStopSec"))
                .singleElement()
                .satisfies(seconds -> assertThat(Long.parseLong(seconds)).isGreaterThan(TimeUnit.MINUTES.toSeconds(1)));
        assertThat(settings("MemoryDenyWriteExecute"))
                .as("the JVM would not run")
                .isEmpty();
    }

    @Test
    void systemd_accepts_it_and_finds_little_exposed() throws Exception {
        assumeTrue(isInstalled("systemd-analyze"), "needs systemd-analyze, of Debian's package systemd");
        assumeTrue(version() >= FIRST_WITH_OPTIONS, "needs systemd-analyze " + FIRST_WITH_OPTIONS + " or newer");
        Path here = directory.resolve("pinion.service");
        Files.writeString(here, unit.replace(INSTALLED, home.toString()));
        // It tells of the machine's own units, too.
        assertThat(run("systemd-analyze", "verify", "--man=no", "--recursive-errors=no", here.toString())
                        .lines()
                        .filter(line -> line.contains("pinion")))
                .isEmpty();
        run("systemd-analyze", "security", "--offline=true", "--threshold=20", here.toString());
    }

    private List<String> settings(String name) {
        return unit.lines()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    private static int version() throws Exception {
        return Integer.parseInt(run("systemd-analyze", "--version").split("\\D+", 3)[1]);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** {@return what a command that succeeds prints} */
    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + output)
                .isZero();
        return output;
    }
}
