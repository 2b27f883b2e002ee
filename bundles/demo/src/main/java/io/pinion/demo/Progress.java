package io.pinion.demo;

import io.pinion.shell.text.ProgressLine;
import io.pinion.shell.text.Units;
import java.time.Duration;

/** What has been moved, each second. For one thread. */
final class Progress {
    private final ProgressLine line;
    private Duration next = Duration.ofSeconds(1);
    private long moved;

    Progress(ProgressLine line) {
        this.line = line;
    }

    void show(Duration passed, Tally tally, Swapper swapper) {
        if (passed.compareTo(next) < 0) {
            return;
        }
        next = next.plusSeconds(1);
        long bytes = tally.writtenBytes() + tally.readBytes();
        line.say(String.format(
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
        line.say(what);
    }

    /** Leaves the line, so that what follows starts on its own. */
    void end() {
        line.end();
    }
}
