package io.pinion.advisor.command;

import io.pinion.advisor.AdviceProgress;
import io.pinion.shell.text.ProgressLine;
import java.time.Duration;
import java.util.Locale;

/** A line about each second: what is being measured, how far it is, how long it still takes. For one thread. */
final class Progress implements AdviceProgress {
    private static final double PERCENT = 100;
    private static final long STEP_NANOS = Duration.ofSeconds(1).toNanos();

    private final ProgressLine line;
    private long next = System.nanoTime();

    Progress(ProgressLine line) {
        this.line = line;
    }

    @Override
    public void at(String doing, double done, Duration left) {
        long now = System.nanoTime();
        if (now - next >= 0) {
            next = now + STEP_NANOS;
            line.say(String.format(
                    Locale.ROOT, "%3.0f %%  %2d s left at most  %s", PERCENT * done, left.toSeconds() + 1, doing));
        }
    }
}
