package io.pinion.benchmarks.rounds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A few reserved huge pages for fio, which can't ask for transparent ones as Pinion and the loop in C do: those that are
 * free, or as root some more, which {@link #close()} gives back.
 */
final class HugePages implements AutoCloseable {
    /** 8 MiB, for four blocks of 1 MiB and what fio adds. */
    private static final int NEEDED = 4;

    private static final Path RESERVED = Path.of("/proc/sys/vm/nr_hugepages");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private final long before;
    private final boolean there;
    private final boolean reserved;
    private final AtExit atExit;

    HugePages() throws IOException {
        before = Files.isReadable(RESERVED)
                ? Long.parseLong(Files.readString(RESERVED).trim())
                : 0;
        reserved = free() < NEEDED && Files.isWritable(RESERVED);
        atExit = new AtExit(this::giveBack);
        if (reserved) {
            reserve(before + NEEDED);
        }
        there = free() >= NEEDED;
    }

    /** {@return whether fio can have them} */
    boolean areThere() {
        return there;
    }

    private static long free() throws IOException {
        return Files.readAllLines(MEMORY).stream()
                .filter(line -> line.startsWith("HugePages_Free:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static void reserve(long pages) throws IOException {
        Files.writeString(RESERVED, Long.toString(pages));
    }

    private void giveBack() {
        try {
            if (reserved) {
                reserve(before);
            }
        } catch (IOException e) {
            System.err.println(RESERVED + " is to be " + before + " again: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (atExit.cancel()) {
            giveBack();
        }
    }
}
