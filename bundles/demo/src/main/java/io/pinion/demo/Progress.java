package io.pinion.demo;

import io.pinion.shell.text.Units;
import java.io.PrintStream;
import java.time.Duration;

/** A line each second; on a terminal always the same one. For one thread. */
final class Progress {
    private static final String TO_START_AND_ERASE = "\r\u001b[K";

    private final PrintStream output;
    private final boolean terminal;
    private Duration next = Duration.ofSeconds(1);
    private long moved;
    private boolean pending;

    Progress(PrintStream output, boolean terminal) {
        this.output = output;
        this.terminal = terminal;
    }

    void show(Duration passed, Tally tally, Swapper swapper) {
        if (passed.compareTo(next) < 0) {
            return;
        }
        next = next.plusSeconds(1);
        long bytes = tally.writtenBytes() + tally.readBytes();
        line(String.format(
                "%3d s  written %s, read back %s, %s/s, %s, failed %d, mismatched %d",
                passed.toSeconds(),
                Units.bytes(tally.writtenBytes()),
                Units.bytes(tally.readBytes()),
                Units.bytes(bytes - moved),
                Units.count(swapper.swaps(), "swap"),
                tally.failed(),
                tally.mismatched()));
        moved = bytes;
    }

    void say(String what) {
        line(what);
    }

    /** Leaves the line, so that what follows starts on its own. */
    void end() {
        if (pending) {
            output.println();
            pending = false;
        }
    }

    private void line(String text) {
        if (terminal) {
            output.print(TO_START_AND_ERASE + text);
            output.flush();
            pending = true;
        } else {
            output.println(text);
        }
    }
}
