package io.pinion.benchmarks.advisor;

import static io.pinion.advisor.Verdict.DIRECT;
import static io.pinion.advisor.Verdict.INCONCLUSIVE;
import static io.pinion.advisor.Verdict.STAY_BUFFERED;
import static io.pinion.advisor.Verdict.UNCACHED;

import io.pinion.advisor.Verdict;
import io.pinion.benchmarks.advisor.Rig.Ground;
import java.util.List;
import java.util.Set;

/** The rigs, in the order of the report. */
final class Rigs {
    /** How large the file is that rigs are on. */
    static final long SIZE = 2L << 30;
    /** How large the loop device is. */
    static final long DEVICE_SIZE = 1L << 30;
    /** How much memory there is where it is scarce: enough for a small virtual machine, far less than the file. */
    static final long MEMORY = 384L << 20;
    /** How much of a target's cache a set that fits takes. */
    static final long HOT = 64L << 20;

    private static final int SMALL = 4096;
    private static final int LARGE = 1 << 20;
    private static final int SECTOR = 512;
    /** By evidence: whatever fio's ranking says, too. */
    private static final Set<Verdict> ANY = Set.of(STAY_BUFFERED, UNCACHED, DIRECT, INCONCLUSIVE);

    private Rigs() {}

    static List<Rig> all() {
        return List.of(
                random("hot", "A hot set that fits the page cache, 4 KiB at random", Ground.FILE, 1, HOT, false, ""),
                random("tmpfs", "tmpfs, 4 KiB at random", Ground.TMPFS, 1, HOT, false, "memory"),
                new Rig(
                        "scan",
                        "A scan of 1 MiB requests at depth 8 beside a hot reader, memory short",
                        Ground.FILE,
                        true,
                        LARGE,
                        8,
                        SIZE,
                        true,
                        0,
                        true,
                        Set.of(DIRECT, UNCACHED),
                        ""),
                cold("cold", "Cold, 4 KiB at random, one at a time, memory short", 1),
                cold("cold-32", "Cold, 4 KiB at random, depth 32, memory short", 32),
                new Rig(
                        "slow",
                        "A slow device (a loop device of 32 MiB/s), 512 bytes at random, depth 32, memory short",
                        Ground.LOOP,
                        false,
                        SECTOR,
                        32,
                        DEVICE_SIZE,
                        true,
                        32L << 20,
                        false,
                        Set.of(DIRECT),
                        ""));
    }

    private static Rig random(
            String name, String title, Ground ground, int depth, long span, boolean scarce, String reason) {
        return new Rig(
                name,
                title,
                ground,
                false,
                SMALL,
                depth,
                span,
                scarce,
                0,
                false,
                scarce ? ANY : Set.of(STAY_BUFFERED),
                reason);
    }

    private static Rig cold(String name, String title, int depth) {
        return random(name, title, Ground.FILE, depth, SIZE, true, "");
    }
}
