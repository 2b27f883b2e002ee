package io.pinion.benchmarks.rounds;

import java.io.PrintStream;
import java.util.Locale;

/** Says what is being measured, and how long it will probably take yet. */
public final class Progress {
    private final PrintStream out;
    private final int all;
    private final long begin = System.nanoTime();
    private int done;

    /** @param all how many there will be */
    public Progress(PrintStream out, int all) {
        this.out = out;
        this.all = all;
    }

    /** Another one begins. */
    public void next(String what) {
        String left = "";
        if (done > 0) {
            long seconds = Math.round((System.nanoTime() - begin) / 1e9 / done * (all - done));
            left = String.format(Locale.ROOT, ", %d:%02d left", seconds / 60, seconds % 60);
        }
        out.printf(Locale.ROOT, "[%d/%d%s] %s%n", ++done, all, left, what);
    }
}
