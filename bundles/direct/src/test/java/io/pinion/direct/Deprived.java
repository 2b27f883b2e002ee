package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Starts a program in a JVM of its own, by commands that take something from it before, and keeps what it said. */
final class Deprived {
    private static final int BLOCKS = 64;
    private static final long PATIENCE_SECONDS = 120;
    private static final int FIRST_USER = 20_000;
    private static final int USERS = 40_000;

    private static final int VIRTUAL = 21;
    private static final Path JAVA_HOMES = Path.of("/usr/lib/jvm");
    private static final Pattern RELEASE = Pattern.compile("JAVA_VERSION=\"(\\d+).*");

    private final Class<?> program;
    private final Path directory;
    private final List<String> before = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> itself = new ArrayList<>();
    private Path java = Path.of(System.getProperty("java.home"));
    private List<String> lines = List.of();

    /**
     * @param program that ends with {@code done} if all was right
     * @param directory on a disk, for the target and what the program says
     */
    Deprived(Class<?> program, Path directory) {
        this.program = program;
        this.directory = directory;
    }

    /** The program takes it from itself. */
    Deprived of(String what) {
        itself.add(what);
        return this;
    }

    /** The program is started by this command. */
    Deprived by(String... command) {
        before.addAll(List.of(command));
        return this;
    }

    /**
     * The program is an ordinary user's, who may lock so much: one that nobody else is, because what rings lock is counted
     * per user. Of root's privileges it keeps the one to read the class path, wherever that is.
     */
    Deprived asUserWhoMayLock(long bytes) {
        assumeRoot("to become another user");
        long user = FIRST_USER + ProcessHandle.current().pid() % USERS;
        return by("prlimit", "--memlock=" + bytes + ":" + bytes)
                .by("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups")
                .by("--inh-caps=+dac_override", "--ambient-caps=+dac_override");
    }

    /** Its JVM has this option. */
    Deprived with(String option) {
        options.add(option);
        return this;
    }

    /** It runs on a Java that has virtual threads. */
    Deprived onJavaWithVirtualThreads() throws IOException {
        if (Runtime.version().feature() < VIRTUAL) {
            try (Stream<Path> homes = Files.list(JAVA_HOMES)) {
                java = homes.filter(Deprived::hasVirtualThreads).findFirst().orElse(null);
            }
            assumeTrue(java != null, "needs a Java 21 or newer in " + JAVA_HOMES);
        }
        return this;
    }

    private static boolean hasVirtualThreads(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.map(RELEASE::matcher)
                    .anyMatch(line -> line.matches() && Integer.parseInt(line.group(1)) >= VIRTUAL);
        } catch (IOException e) {
            return false;
        }
    }

    static void assumeRoot(String purpose) {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root, " + purpose);
    }

    /** Runs it to its end. */
    Deprived run() throws IOException, InterruptedException {
        Path target = Files.write(directory.resolve("target"), new byte[BLOCKS * DirectFile.BLOCK]);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw-rw-"));
        Path said = directory.resolve("said");
        List<String> command = new ArrayList<>(before);
        command.add(java.resolve("bin/java").toString());
        command.addAll(options);
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(program.getName());
        command.add(target.toString());
        command.addAll(itself);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        lines = Files.readAllLines(said, StandardCharsets.UTF_8);
        assertTrue(ended, () -> "still running: " + command + "\n" + this);
        assertEquals("done", lines.isEmpty() ? "" : lines.get(lines.size() - 1), this::toString);
        return this;
    }

    /** Asserts that a line that begins so contains all the words. */
    void says(String beginning, String... words) {
        if (lines.stream().noneMatch(line -> line.startsWith(beginning) && containsAll(line, words))) {
            fail("no line \"" + beginning + "…\" with " + List.of(words) + "\n" + this);
        }
    }

    /** Asserts that no line contains the words. */
    void doesNotSay(String words) {
        assertTrue(lines.stream().noneMatch(line -> line.contains(words)), this::toString);
    }

    private static boolean containsAll(String line, String... words) {
        return List.of(words).stream().allMatch(line::contains);
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
