package io.pinion.benchmarks.plan;

import java.util.Locale;

/** Where the blocks are, and what answers. */
public enum Pattern {
    /** Random blocks, by O_DIRECT. */
    RANDOM,
    /** Random blocks that the page cache has. */
    CACHED,
    /**
     * One block after the other, by O_DIRECT where the way is a direct one, in passes over the file's first part. A pass of
     * writes ends with a flush, which counts; after a pass of reads through the page cache it is dropped, which does not.
     */
    SEQUENTIAL;

    /** How long a sequential pass is. */
    public static final long PASS = 256L << 20;

    /** {@return the name in arguments} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
