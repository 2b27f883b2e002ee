package io.pinion.benchmarks.sample;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * The processor time of this process by clock_gettime(2), exact. What OperatingSystemMXBean tells goes in steps of 10 ms,
 * which are per cents of a sample.
 */
final class ProcessTime {
    private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    private static final long SECOND = 1_000_000_000;

    static {
        Native.register(ProcessTime.class, Platform.C_LIBRARY_NAME);
    }

    private final long[] timespec = new long[2];

    private static native int clock_gettime(int clock, long[] timespec);

    long nanos() {
        if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, timespec) != 0) {
            throw new IllegalStateException("clock_gettime failed");
        }
        return timespec[0] * SECOND + timespec[1];
    }
}
