package io.pinion.benchmarks.rounds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A few reserved huge pages for fio, which can't ask for transparent ones as Pinion and the loop in C do: those that are
 * free, or as root some more, which {@link #close()} gives back.
 */
public final class HugePages implements AutoCloseable {
    private static final Path RESERVED = Path.of("/proc/sys/vm/nr_hugepages");
    private static final Path MEMORY = Path.of("/proc/meminfo");

    private final long before;
    private final boolean there;
    private final boolean reserved;
    private final AtExit atExit;

    /** @param needed how many pages */
    public HugePages(int needed) throws IOException {
        before = Files.isReadable(RESERVED)
                ? Long.parseLong(Files.readString(RESERVED).trim())
                : 0;
        reserved = free() < needed && Files.isWritable(RESERVED);
        atExit = new AtExit(this::giveBack);
        if (reserved) {
            reserve(before + needed);
        }
        there = free() >= needed;
    }

    /** {@return whether fio can have them} */
    public boolean areThere() {
        return there;
    }

    /** {@return where fio's buffers are, for a report} */
    public String words() {
        return there
                ? "on huge pages (iomem=mmaphuge)"
                : "on pages of 4 KiB: no huge ones are reserved (vm.nr_hugepages)";
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
