package io.pinion.memory.pool;

import java.util.BitSet;

/** Which pages of an arena are taken, in runs. Guarded by the pool's lock. */
final class Runs {
    private final BitSet taken;
    private final int pages;
    private int free;

    Runs(int pages) {
        this.pages = pages;
        free = pages;
        taken = new BitSet(pages);
    }

    /** Takes so many pages in a row, the first that are free; {@return the number of the first, or -1} */
    int take(int count) {
        if (count > free) {
            return -1;
        }
        int from = taken.nextClearBit(0);
        while (from + count <= pages) {
            int end = taken.nextSetBit(from);
            if (end < 0 || end - from >= count) {
                taken.set(from, from + count);
                free -= count;
                return from;
            }
            from = taken.nextClearBit(end);
        }
        return -1;
    }

    /** Gives them back. */
    void give(int from, int count) {
        taken.clear(from, from + count);
        free += count;
    }

    boolean isAllFree() {
        return free == pages;
    }
}
