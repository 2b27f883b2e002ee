package io.pinion.linux.direct;

import java.util.Arrays;

/**
 * Where reads lately ended, by which is seen that one goes on where another ended. Threads share it without any order: what
 * one overwrites of another's makes a sequential reader go unnoticed a little longer, and nothing else.
 */
final class RecentReads {
    private static final int KEPT = 8;
    /** So often a reader goes on where it ended before it counts as sequential. */
    private static final int RUN = 2;

    private final long[] ends = new long[KEPT];
    private final int[] runs = new int[KEPT];
    private int oldest;

    RecentReads() {
        Arrays.fill(ends, -1);
    }

    /** Notes a read; {@return whether it is one of a sequential reader} */
    boolean note(long position, int length) {
        for (int index = 0; index < KEPT; index++) {
            if (ends[index] == position) {
                ends[index] = position + length;
                int run = runs[index] + 1;
                runs[index] = run;
                return run >= RUN;
            }
        }
        int index = oldest++ & KEPT - 1;
        ends[index] = position + length;
        runs[index] = 0;
        return false;
    }
}
