package io.pinion.launcher;

import java.util.logging.LogManager;

/**
 * Keeps the log open until the JVM is gone. The JDK's own log manager closes it as soon as the JVM is asked to end, while
 * volumes are still being flushed: what fails then must not get lost. Named in {@code bin/pinion}.
 */
public final class LastingLogManager extends LogManager {
    private volatile boolean configured;

    /** Everything is set once, before the first message. */
    void settle() {
        configured = true;
    }

    @Override
    public void reset() {
        if (!configured) {
            super.reset();
        }
    }
}
