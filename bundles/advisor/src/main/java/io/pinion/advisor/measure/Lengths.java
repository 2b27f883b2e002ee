package io.pinion.advisor.measure;

import java.util.concurrent.TimeUnit;

/** How long the parts of a sample are, within what a measurement may take. For one thread. */
final class Lengths {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST = 1000 * MILLI;
    private static final long GOOD = 150 * MILLI;
    private static final long SHORTEST = 30 * MILLI;
    static final int MOST_ROUNDS = 12;

    private final int sizes;
    private final int cells;
    private final int leastRounds;
    private final long bytes;
    private final long bytesPerSecond;
    private long stint;
    private long alone;
    private long beside;

    /**
     * Lengths for a measurement.
     *
     * @param sizes how many sizes of requests there are
     * @param ways by how many ways each is measured
     * @param leastRounds how many rounds there have to be
     * @param bytes how many may be moved in all; 0 for any
     * @param bytesPerSecond how many may be moved a second; 0 for any
     * @param available how long there is, in nanoseconds
     */
    Lengths(int sizes, int ways, int leastRounds, long bytes, long bytesPerSecond, long available) {
        this.sizes = sizes;
        cells = sizes * ways;
        this.leastRounds = leastRounds;
        this.bytes = bytes;
        this.bytesPerSecond = bytesPerSecond;
        divide(available / (MOST_ROUNDS + 1) / cells);
        stint = Math.min(stint, GOOD);
    }

    private void divide(long cell) {
        alone = Math.max(15 * MILLI, Math.min(100 * MILLI, cell / 10));
        beside = Math.max(30 * MILLI, Math.min(250 * MILLI, cell / 4));
        stint = Math.max(SHORTEST, Math.min(LONGEST, cell - 2 * alone - beside));
    }

    /**
     * Makes samples as long as there is time for, once a first round has shown what else they take. All that count are equally
     * long.
     *
     * @param available how long there is
     * @param round how long the first round took
     */
    void settle(long available, long round) {
        long overhead = Math.max(0, round / cells - stint - 2 * alone - beside);
        int rounds = MOST_ROUNDS;
        while (rounds > leastRounds && available / rounds / cells - overhead < GOOD) {
            rounds--;
        }
        divide(available / rounds / cells - overhead);
    }

    long stintNanos() {
        return stint;
    }

    long aloneNanos() {
        return alone;
    }

    long besideNanos() {
        return beside;
    }

    /** {@return how many bytes may be read beforehand for a warm way, twice a sample: a quarter of what may be moved is for that} */
    long mostWarm() {
        return bytes == 0 ? Long.MAX_VALUE : bytes / (8L * sizes * (leastRounds + 1));
    }

    /** {@return how many a hot reader may have, in each sample: a quarter is for that} */
    long mostHot() {
        return bytes == 0 ? Long.MAX_VALUE : bytes / (4L * cells * (leastRounds + 1));
    }

    /** {@return how many bytes one stint may move} */
    long most(int size) {
        long most = Long.MAX_VALUE;
        if (bytes > 0) {
            // Half of it is for stints, of which each sample has two, one of them with a quarter more to warm up.
            most = 2 * (bytes / (9L * cells * (leastRounds + 1)));
        }
        if (bytesPerSecond > 0) {
            most = Math.min(most, Math.round((double) bytesPerSecond * (stint + 2 * alone + beside) / 2e9));
        }
        return Math.max(size, most);
    }
}
