package io.pinion.volume;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sees some of a volume's traffic, as it is: of each thread and queue one read in 64, and one write in 64, those that are
 * timed for the statistics. Vectored transfers and flushes are not among them.
 *
 * <p>Called on the thread that moved the bytes, once it has: must return within a microsecond or so, and neither allocate, nor
 * wait, nor call the volume. Any number of threads call at once. One that throws is not called again.
 */
@ConsumerType
public interface TrafficObserver {
    /**
     * A read has ended.
     *
     * @param position where it began, in bytes
     * @param length how many bytes were asked for
     * @param nanos how long it took
     * @param sequential whether it began where the read before it ended, which the same thread or queue had begun
     */
    void read(long position, int length, long nanos, boolean sequential);

    /** A write has ended; otherwise as {@link #read}. */
    void write(long position, int length, long nanos, boolean sequential);
}
