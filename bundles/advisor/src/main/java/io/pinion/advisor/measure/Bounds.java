package io.pinion.advisor.measure;

import io.pinion.advisor.AdviceRequest;
import java.time.Duration;

/** How much of the machine a measurement may take. For one thread. */
final class Bounds {
    /** What is left at the end, to put everything back. */
    private static final double RESERVE = 0.04;

    private static final double SECOND = 1e9;

    private final long start = System.nanoTime();
    private final long nanos;
    private final long bytes;
    private final long bytesPerSecond;
    private long until;

    Bounds(AdviceRequest request) {
        nanos = request.budget().toNanos();
        bytes = request.bytes();
        bytesPerSecond = request.bytesPerSecond();
        until = start + nanos - (long) (nanos * RESERVE);
    }

    /** Takes no more than this, where so much more would be of no use. */
    void atMost(Duration enough) {
        until = Math.min(until - start, System.nanoTime() - start + enough.toNanos()) + start;
    }

    /** {@return when to end at the latest, in {@link System#nanoTime}} */
    long deadline() {
        return until;
    }

    /** {@return when this part of the whole time will have passed from now on} */
    long deadline(double part) {
        return System.nanoTime() + (long) (nanos * part);
    }

    long leftNanos() {
        return until - System.nanoTime();
    }

    /** {@return which part of the time is over} */
    double done() {
        return Math.min(1, (System.nanoTime() - start) / (double) Math.max(1, until - start));
    }

    /** {@return whether as many bytes were moved as may be} */
    boolean isUsedUp(long moved) {
        return bytes > 0 && moved >= bytes;
    }

    /** {@return how long to wait until no more bytes a second have been moved than may be} */
    long restNanos(long moved) {
        return bytesPerSecond == 0
                ? 0
                : Math.max(0, (long) (moved * SECOND / bytesPerSecond) - (System.nanoTime() - start));
    }

    Duration took() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
