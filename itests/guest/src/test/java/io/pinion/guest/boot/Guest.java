package io.pinion.guest.boot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The guest, booted once for all tests of this JVM. It runs them in its own order; who asks for a result waits until that is
 * there, or the guest has ended. Safe for any thread.
 */
final class Guest {
    private static final Path FOLDER = Path.of(System.getProperty("pinion.guest.directory", "target/guest"));
    private static final Path SHARE = FOLDER.resolve("share").toAbsolutePath();

    /** A kernel that has hung or fallen while it booted is given one more chance. */
    private static final int BOOTS = 2;

    private static final long BOOT_NANOS = TimeUnit.SECONDS.toNanos(120);

    /** As long as all tests together may take. */
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(30);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int LINES_SHOWN = 40;

    private static Guest running;

    private final List<Result> results = new ArrayList<>();
    private final Machine machine;
    private final String failure;
    private final long booted = System.nanoTime();

    private Guest() {
        Machine up = null;
        String why;
        try {
            up = boot();
            why = "";
        } catch (IOException e) {
            why = "the guest does not come up: " + e.getMessage();
        }
        machine = up;
        failure = why;
    }

    /** {@return the guest, which the first call boots; whoever asks it for a result learns if it does not come up} */
    static synchronized Guest running() {
        if (running == null) {
            running = new Guest();
        }
        return running;
    }

    private static Machine boot() throws IOException {
        Optional<String> missing = Needs.missing();
        if (missing.isPresent()) {
            throw new IOException("needs " + missing.get());
        }
        for (int attempt = 1; ; attempt++) {
            prepare();
            Machine machine = new Machine(
                    Needs.kernel(), Needs.SCRIPTS.resolve("init").toAbsolutePath(), SHARE, FOLDER.toAbsolutePath());
            Runtime.getRuntime().addShutdownHook(new Thread(machine::close));
            if (within(BOOT_NANOS, () -> Files.exists(SHARE.resolve("up")) || !machine.isRunning())
                    && Files.exists(SHARE.resolve("up"))) {
                return machine;
            }
            machine.close();
            if (attempt == BOOTS) {
                throw new IOException("in " + BOOTS + " attempts" + lastWords());
            }
        }
    }

    /** Makes the shared folder, with the program that the guest is to run in it. */
    private static void prepare() throws IOException {
        if (Files.exists(FOLDER)) {
            try (Stream<Path> old = Files.walk(FOLDER)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(SHARE.resolve("results"));
        // An emulated processor does better with a compiler that is quick than with one that is thorough.
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Djava.io.tmpdir=/run/tmp",
                "-D" + GuestTests.INSIDE + "=true",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                GuestTests.class.getName(),
                "/mnt/results",
                System.getProperty("it.test", "*IT"));
        Files.writeString(SHARE.resolve("run"), "exec '" + String.join("' '", java) + "'\n");
    }

    /** {@return what came of a test in the guest, once it is known} */
    synchronized Result result(String test) throws IOException {
        if (machine == null) {
            throw Result.failure(failure);
        }
        Optional<Result> found = find(test);
        while (found.isEmpty()) {
            boolean running = machine.isRunning();
            boolean late = System.nanoTime() - booted > LIMIT_NANOS;
            Optional<Result> next = Result.read(SHARE.resolve("results"), results.size());
            if (next.isPresent()) {
                results.add(next.get());
                found = find(test);
            } else if (!running || late) {
                machine.close();
                throw Result.failure("the guest " + (late ? "did not end in time" : "has ended")
                        + " without a result of " + test + lastWords());
            } else {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        return found.get();
    }

    private Optional<Result> find(String test) {
        return results.stream().filter(r -> r.covers(test)).findFirst().map(r -> r.of(test));
    }

    private static boolean within(long nanos, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > nanos) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    /** {@return the ends of what the guest and its programs have written} */
    private static String lastWords() {
        StringBuilder words = new StringBuilder();
        Map.of(
                        "tests",
                        SHARE.resolve("output.log"),
                        "console",
                        FOLDER.resolve("console.log"),
                        "qemu",
                        FOLDER.resolve("qemu.log"))
                .forEach((name, file) ->
                        words.append("\n-- ").append(name).append(": ").append(end(file)));
        return words.toString();
    }

    private static String end(Path file) {
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file, StandardCharsets.ISO_8859_1) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
