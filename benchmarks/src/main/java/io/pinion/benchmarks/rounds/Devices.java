package io.pinion.benchmarks.rounds;

import io.pinion.benchmarks.plan.Medium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The block devices that workloads are on, set up for them and taken down again: by {@link #close()}, or when the virtual
 * machine ends before that, as by Ctrl-C. What this machine, or this user, can't have is missing, with the reason. For one
 * thread.
 */
public final class Devices implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long STEP_MILLIS = 100;

    private final Map<Medium, BlockDevice> present = new EnumMap<>(Medium.class);
    private final Map<Medium, String> absent = new EnumMap<>(Medium.class);
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<BlockDevice> all = new CopyOnWriteArrayList<>();
    private final AtExit atExit = new AtExit(() -> takeDown(Devices::endUsers));

    private Devices() {}

    /**
     * {@return the devices for these media}
     *
     * @param directory for the file of a loop device
     * @param size of each, in bytes
     */
    public static Devices of(Collection<Medium> media, Path directory, long size) throws InterruptedException {
        Devices made = new Devices();
        if (media.contains(Medium.LOOP)) {
            made.add(Medium.LOOP, new LoopDevice(directory.resolve("loop.bin").toAbsolutePath(), size));
        }
        if (media.contains(Medium.ZRAM)) {
            made.add(Medium.ZRAM, new ZramDevice(size));
        }
        return made;
    }

    private void add(Medium medium, BlockDevice device) throws InterruptedException {
        String name = medium.word() + " device";
        all.add(device);
        try {
            device.setUp();
            environment.put(name, device.description());
            present.put(medium, device);
        } catch (IOException e) {
            absent.put(medium, e.getMessage());
            environment.put(name, "missing: " + e.getMessage());
        }
    }

    /** {@return why a medium can't be had; empty when it can} */
    public String absence(Medium medium) {
        return absent.getOrDefault(medium, "");
    }

    /** {@return the node of a device that is there} */
    public Path path(Medium medium) {
        return present.get(medium).path();
    }

    /** {@return what devices there are, by name} */
    public Map<String, String> environment() {
        return environment;
    }

    /** Takes all of them down, and complains of those that do not go. */
    @Override
    public void close() {
        if (atExit.cancel()) {
            takeDown(() -> {});
        }
    }

    /** A sample that runs, or that is begun while all ends, would keep its device. */
    private static void endUsers() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    private void takeDown(Runnable first) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        List<BlockDevice> left = new ArrayList<>(all);
        boolean last;
        do {
            first.run();
            boolean complain = System.nanoTime() - deadline > 0;
            left.removeIf(device -> isGone(device, complain));
            last = complain || left.isEmpty();
        } while (!last && pause());
    }

    private static boolean isGone(BlockDevice device, boolean last) {
        try {
            device.remove();
            return true;
        } catch (IOException e) {
            if (last) {
                System.err.println("could not be taken down: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private static boolean pause() {
        try {
            Thread.sleep(STEP_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
