package io.pinion.demo;

import java.util.concurrent.TimeUnit;

/**
 * When a writer may write again. Without a pace, memory takes writes many times faster than any device, and a swap away
 * from the page cache does little but wait for the device to catch up. For one thread.
 */
final class Pace {
    /** A writer that was held up catches up with this much of what it missed. */
    private static final long CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final double nanosPerByte;
    private long next = System.nanoTime();

    /** @param bytesPerSecond 0 for as fast as possible */
    Pace(long bytesPerSecond) {
        nanosPerByte = bytesPerSecond == 0 ? 0 : 1e9 / bytesPerSecond;
    }

    boolean isDue() {
        return System.nanoTime() - next >= 0;
    }

    void wrote(long bytes) {
        long least = System.nanoTime() - CATCH_UP_NANOS;
        next = (next - least < 0 ? least : next) + (long) (bytes * nanosPerByte);
    }
}
