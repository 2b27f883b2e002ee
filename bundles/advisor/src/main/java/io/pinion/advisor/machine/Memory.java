package io.pinion.advisor.machine;

import java.nio.file.Path;

/**
 * The machine's memory (proc_meminfo(5)), in bytes; 0 where it can't be told.
 *
 * @param total all of it
 * @param available how much programs could have now without swapping: most of it the page cache could have, too
 */
public record Memory(long total, long available) {
    private static final long KIB = 1024;

    static Memory of(Path proc) {
        Path file = proc.resolve("meminfo");
        return new Memory(figure(file, "MemTotal"), figure(file, "MemAvailable"));
    }

    private static long figure(Path file, String name) {
        return KernelText.value(file, name)
                .map(text -> text.replace(" kB", "").strip())
                .filter(text -> text.matches("\\d{1,15}"))
                .map(text -> Long.parseLong(text) * KIB)
                .orElse(0L);
    }
}
