package io.pinion.guest.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program that runs until it is killed. */
final class Server implements AutoCloseable {
    private final Process process;

    Server(Path log, String... command) throws IOException {
        process = Command.start(log, command);
    }

    /** Returns when it has ended by itself. */
    void awaitEnd() throws Exception {
        Await.until("a program ends", () -> !process.isAlive());
    }

    /** Ends it and all that it has started, by SIGKILL: others learn of it what the kernel tells them. */
    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.waitFor(Await.BOUND.toSeconds(), TimeUnit.SECONDS);
    }
}
