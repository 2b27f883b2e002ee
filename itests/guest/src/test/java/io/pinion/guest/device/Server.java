package io.pinion.guest.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs until it is killed. */
final class Server implements AutoCloseable {
    private static final int LINES_SHOWN = 10;

    private final String name;
    private final Path log;
    private final Process process;

    /** Starts it. What it says is added to the log. */
    Server(Path log, String... command) throws IOException {
        name = command[0];
        this.log = log;
        process = Command.start(log, command);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** {@return the number of its process} */
    long pid() {
        return process.pid();
    }

    /** Returns when it has ended by itself. */
    void awaitEnd() throws Exception {
        Await.until(() -> name + " ends; " + lastWords(), () -> !isRunning());
    }

    /** {@return whether it runs, and the end of what it, and those before it with the same log, have said} */
    String lastWords() {
        String how = isRunning() ? " runs" : " has ended with " + process.exitValue();
        return name + how + ", its log ends with: " + end();
    }

    private String end() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Ends it and all that it has started, by SIGKILL: others learn of it what the kernel tells them. */
    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.waitFor(Await.BOUND.toSeconds(), TimeUnit.SECONDS);
    }
}
