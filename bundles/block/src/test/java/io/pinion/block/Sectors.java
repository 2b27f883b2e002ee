package io.pinion.block;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a device has read and written since, as the kernel counts (Documentation/block/stat.rst). */
final class Sectors {
    private static final int SECTOR = 512;
    private static final int READ = 2;
    private static final int WRITTEN = 6;

    private final Path statistics;
    private final long read;
    private final long written;

    private Sectors(Path statistics) throws IOException {
        this.statistics = statistics;
        read = field(READ);
        written = field(WRITTEN);
    }

    static Sectors of(Path device) throws IOException {
        return new Sectors(Path.of("/sys/block", device.getFileName().toString(), "stat"));
    }

    /** {@return how many bytes were read} */
    long read() throws IOException {
        return (field(READ) - read) * SECTOR;
    }

    /** {@return how many bytes were written} */
    long written() throws IOException {
        return (field(WRITTEN) - written) * SECTOR;
    }

    private long field(int index) throws IOException {
        return Long.parseLong(Files.readString(statistics).strip().split("\\s+")[index]);
    }
}
