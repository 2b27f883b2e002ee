package io.pinion.advisor.auto;

import java.util.OptionalDouble;

/**
 * What a volume did in one short time.
 *
 * @param strategy which served
 * @param nanos how long that was
 * @param operations reads and writes
 * @param readBytes bytes read
 * @param writtenBytes bytes written
 * @param cpuNanos processor time of the whole process
 * @param latencyNanos mean of the operations that were seen; empty when none was
 * @param slowestNanos of the writes that were seen; 0 when none was
 * @param missed which part of what was read came from storage; empty where nobody can tell, or nothing was read
 * @param samples up to which sample this was
 */
record Tick(
        String strategy,
        long nanos,
        long operations,
        long readBytes,
        long writtenBytes,
        long cpuNanos,
        OptionalDouble latencyNanos,
        long slowestNanos,
        OptionalDouble missed,
        long samples) {
    long bytes() {
        return readBytes + writtenBytes;
    }

    double bytesPerSecond() {
        return bytes() * 1e9 / nanos;
    }

    double operationsPerSecond() {
        return operations * 1e9 / nanos;
    }

    /** {@return how many operations were under way at once, on the average; empty when none was seen} Little's law. */
    OptionalDouble concurrency() {
        return latencyNanos.isEmpty()
                ? latencyNanos
                : OptionalDouble.of(operationsPerSecond() * latencyNanos.getAsDouble() / 1e9);
    }

    /** {@return processor time for a byte} */
    double cpuNanosPerByte() {
        return bytes() == 0 ? 0 : (double) cpuNanos / bytes();
    }
}
