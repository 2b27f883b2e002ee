package io.pinion.benchmarks.advisor;

import io.pinion.benchmarks.PageCache;
import io.pinion.benchmarks.Work;
import io.pinion.benchmarks.plan.Medium;
import io.pinion.benchmarks.rounds.AtExit;
import io.pinion.benchmarks.rounds.Devices;
import io.pinion.linux.libc.LibC;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files and the device that rigs are on, made when they are first asked for. All of it is gone when it is closed, or when the
 * virtual machine ends before that. For one thread.
 */
final class Grounds implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Path SYS = Path.of("/sys/block");

    private static final long SMALL = 16L << 20;

    private final List<Path> files = new ArrayList<>();
    private final Map<String, Path> smalls = new HashMap<>();
    private final PageCache cache = new PageCache(new LibC());
    private final AtExit atExit = new AtExit(this::delete);
    private Path file;
    private Path others;
    private Path memory;
    private Devices devices;
    private boolean ended;

    /** {@return a rig's target} Throws what it lacks. */
    Path target(Rig.Ground ground) throws IOException, InterruptedException {
        return switch (ground) {
            case FILE -> file();
            case TMPFS -> memory();
            case LOOP -> loop();
        };
    }

    /** {@return a file of {@link Rigs#SIZE}, of which the page cache has nothing} */
    Path file() throws IOException {
        if (file == null) {
            file = make(Work.directory(), Rigs.SIZE);
        }
        cache.drop(file);
        return file;
    }

    /** {@return a small file for whoever is beside a rig, of which the page cache has nothing} */
    Path others() throws IOException {
        if (others == null) {
            others = make(Work.directory(), Rigs.HOT);
        }
        cache.drop(others);
        return others;
    }

    /** {@return a file that is small enough for any page cache, the same for the same name} */
    Path small(String name) throws IOException {
        Path made = smalls.get(name);
        if (made == null) {
            made = make(Work.directory(), SMALL);
            smalls.put(name, made);
        }
        return made;
    }

    private Path memory() throws IOException {
        if (memory == null) {
            if (!Files.isDirectory(MEMORY) || !Files.getFileStore(MEMORY).type().equals("tmpfs")) {
                throw new IOException("needs a tmpfs at " + MEMORY);
            }
            memory = make(MEMORY, Rigs.HOT);
        }
        return memory;
    }

    private Path loop() throws IOException, InterruptedException {
        if (devices == null) {
            devices = Devices.of(Set.of(Medium.LOOP), Work.directory(), Rigs.DEVICE_SIZE);
        }
        String why = devices.absence(Medium.LOOP);
        if (!why.isEmpty()) {
            throw new IOException(why);
        }
        return devices.path(Medium.LOOP);
    }

    /** {@return a device's number, MAJOR:MINOR} */
    static String number(Path device) throws IOException {
        return Files.readString(SYS.resolve(device.getFileName()).resolve("dev"))
                .strip();
    }

    private synchronized Path make(Path directory, long size) throws IOException {
        if (ended) {
            throw new IOException("the virtual machine ends");
        }
        Path made = Files.createTempFile(directory.toAbsolutePath(), "advisor", ".bin");
        files.add(made);
        Work.fill(made, size);
        return made;
    }

    @Override
    public void close() {
        if (devices != null) {
            devices.close();
        }
        if (atExit.cancel()) {
            delete();
        }
    }

    private synchronized void delete() {
        ended = true;
        for (Path made : files) {
            try {
                Files.deleteIfExists(made);
            } catch (IOException e) {
                System.err.println("could not be removed: " + e.getMessage());
            }
        }
        files.clear();
    }
}
