package io.pinion.benchmarks.plan;

import java.util.Locale;

/** What a workload's bytes are on. */
public enum Medium {
    /** A file, on the file system that work is done on. */
    FILE(""),
    /** A loop device on such a file, which it reads and writes by direct I/O. */
    LOOP(" on a loop device"),
    /** A zram device that was never written to: it has zeroes for every read, and no device to wait for. */
    ZRAM(" on a zram device"),
    /** A tape in a file; for peers the file as it is. */
    TAPE(" on a tape image");

    private final String where;

    Medium(String where) {
        this.where = where;
    }

    /** {@return the name in workloads and JSON} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return how titles tell of it; nothing for a file} */
    public String where() {
        return where;
    }
}
