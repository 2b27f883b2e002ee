package io.pinion.advisor.measure;

import java.util.concurrent.TimeUnit;

/** How long the parts of a sample are, within what a measurement may take. For one thread. */
final class Lengths {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST = 1000 * MILLI;
    private static final long GOOD = 150 * MILLI;
    private static final long SHORTEST = 30 * MILLI;
    static final int MOST_ROUNDS = 12;

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
     * @param cells how many samples a round has
     * @param leastRounds how many rounds there have to be
     * @param bytes how many may be moved in all; 0 for any
     * @param bytesPerSecond how many may be moved a second; 0 for any
     * @param available how long there is, in nanoseconds
     */
    Lengths(int cells, int leastRounds, long bytes, long bytesPerSecond, long available) {
        this.cells = cells;
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

    /** {@return how many bytes one stint may move} */
    long most(int size) {
        long most = Long.MAX_VALUE;
        if (bytes > 0) {
            // Each sample has two stints, and the first round does not count.
            most = bytes / (2L * cells * (leastRounds + 1));
        }
        if (bytesPerSecond > 0) {
            most = Math.min(most, Math.round(bytesPerSecond * (stint + 2 * alone + beside) / 2e9));
        }
        return Math.max(size, most);
    }
}
