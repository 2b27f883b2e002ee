package io.pinion.benchmarks.advisor;

import io.pinion.advisor.Verdict;
import java.util.Set;

/**
 * A target that is rigged so that it is known what comes of it.
 *
 * @param name short
 * @param title for people
 * @param ground where its bytes are
 * @param sequential whether requests follow each other; else at random
 * @param block size of requests
 * @param depth how many at once
 * @param span over how many bytes they are spread
 * @param scarce whether memory is, so that the span does not fit it
 * @param bytesPerSecond how slow the device is made; 0 where it is not
 * @param beside whether a reader is beside it, whose pages are cached
 * @param expected verdicts that will do
 * @param reason what one of the advisor's sentences has to have in it; empty for anything
 */
record Rig(
        String name,
        String title,
        Ground ground,
        boolean sequential,
        int block,
        int depth,
        long span,
        boolean scarce,
        long bytesPerSecond,
        boolean beside,
        Set<Verdict> expected,
        String reason) {
    /** Where bytes are. */
    enum Ground {
        /** A file on the file system that work is done on. */
        FILE,
        /** A file in memory. */
        TMPFS,
        /** A loop device on a file. */
        LOOP
    }

    boolean isSlow() {
        return bytesPerSecond > 0;
    }

    /** {@return whether its bytes are in the page cache when fio begins} */
    boolean isWarm() {
        return !scarce;
    }
}
