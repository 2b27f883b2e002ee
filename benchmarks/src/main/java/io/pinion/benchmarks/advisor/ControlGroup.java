package io.pinion.benchmarks.advisor;

import io.pinion.benchmarks.rounds.AtExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A control group (cgroups(7)) for programs that are to have little memory, or a slow device; version 1 where that has the
 * controllers, else version 2. It is gone when it is closed, or when the virtual machine ends before that. For one thread.
 */
final class ControlGroup implements AutoCloseable {
    /** Where they are. */
    static final Path ROOT = Path.of("/sys/fs/cgroup");

    private static final String CONTROL = "cgroup.subtree_control";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long STEP_MILLIS = 50;
    /** Enters each group that is named before "--", and becomes the command behind it. */
    private static final String ENTER =
            "while [ \"$1\" != -- ]; do echo $$ > \"$1/cgroup.procs\" || exit 1; shift; done; shift; exec \"$@\"";

    private final Path root;
    private final String name;
    private final List<Path> groups = new ArrayList<>();
    private final List<String> enabled = new ArrayList<>();
    private final AtExit atExit = new AtExit(this::endAndRemove);

    private ControlGroup(Path root, String name) {
        this.root = root;
        this.name = name;
    }

    /**
     * {@return a group with so much memory}
     *
     * @param root {@link #ROOT}
     * @throws IOException this machine, or this user, can't have one; why
     */
    static ControlGroup of(Path root, long memory) throws IOException {
        ControlGroup made = new ControlGroup(
                root, "pinion-benchmark-" + ProcessHandle.current().pid());
        try {
            Path group = made.group("memory");
            boolean second = made.isSecond("memory");
            Files.writeString(group.resolve(second ? "memory.max" : "memory.limit_in_bytes"), Long.toString(memory));
            return made;
        } catch (IOException e) {
            made.close();
            throw new IOException("needs a control group, as root has: " + e.getMessage(), e);
        }
    }

    /**
     * Makes a device slow for those in it: so many bytes a second are read at most.
     *
     * @param device as {@code MAJOR:MINOR}
     * @throws IOException it can't be
     */
    void slow(String device, long bytesPerSecond) throws IOException {
        try {
            boolean second = isSecond("blkio");
            Path group = group(second ? "io" : "blkio");
            Files.writeString(
                    group.resolve(second ? "io.max" : "blkio.throttle.read_bps_device"),
                    device + (second ? " rbps=" : " ") + bytesPerSecond);
        } catch (IOException e) {
            throw new IOException("needs control groups that limit I/O: " + e.getMessage(), e);
        }
    }

    /** {@return the command that runs another one in the group} */
    List<String> command(List<String> command) {
        List<String> all = new ArrayList<>(List.of("sh", "-c", ENTER, "sh"));
        groups.forEach(group -> all.add(group.toString()));
        all.add("--");
        all.addAll(command);
        return all;
    }

    private boolean isSecond(String older) {
        return !Files.isDirectory(root.resolve(older));
    }

    private synchronized Path group(String controller) throws IOException {
        Path group = isSecond(controller)
                ? root.resolve(name)
                : root.resolve(controller).resolve(name);
        if (isSecond(controller)) {
            enable(controller);
        }
        if (!groups.contains(group)) {
            Files.createDirectory(group);
            groups.add(group);
        }
        return group;
    }

    private void enable(String controller) throws IOException {
        Path control = root.resolve(CONTROL);
        if (!List.of(Files.readString(control).strip().split(" ")).contains(controller)) {
            Files.writeString(control, "+" + controller);
            enabled.add(controller);
        }
    }

    /** Removes it. */
    @Override
    public void close() {
        if (atExit.cancel()) {
            remove(() -> {});
        }
    }

    private void endAndRemove() {
        remove(() -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly));
    }

    /** A group stays as long as somebody is in it. */
    private synchronized void remove(Runnable first) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!groups.isEmpty()) {
            first.run();
            IOException refusal = tryToRemove();
            if (refusal != null && System.nanoTime() - deadline > 0) {
                System.err.println("control group could not be removed: " + refusal.getMessage());
                return;
            }
        }
        try {
            for (String controller : enabled) {
                Files.writeString(root.resolve(CONTROL), "-" + controller);
            }
        } catch (IOException e) {
            System.err.println("control groups could not be put back: " + e.getMessage());
        }
        enabled.clear();
    }

    private IOException tryToRemove() {
        try {
            Files.deleteIfExists(groups.get(groups.size() - 1));
            groups.remove(groups.size() - 1);
            return null;
        } catch (IOException e) {
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return e;
        }
    }
}
