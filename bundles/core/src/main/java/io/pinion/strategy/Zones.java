package io.pinion.strategy;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** An extra: the zones of a zoned block device (linux/blkzoned.h), where writes go to a zone's write pointer. */
@ConsumerType
public interface Zones {
    /** How a zone may be written, and what it holds. */
    enum Condition {
        /** No write pointer: write anywhere. */
        CONVENTIONAL,
        /** Nothing written. */
        EMPTY,
        /** Partly written. */
        OPEN,
        /** Partly written, without the device's resources for it. */
        CLOSED,
        /** No room left. */
        FULL,
        /** Not to be written any more. */
        READ_ONLY,
        /** Not to be used any more. */
        OFFLINE
    }

    /**
     * One zone; all figures in bytes.
     *
     * @param start where it begins
     * @param length to where the next begins
     * @param capacity how much of it can be written
     * @param writePointer where the next write goes
     * @param condition how it may be written
     */
    record Zone(long start, long length, long capacity, long writePointer, Condition condition) {}

    /** {@return up to {@code limit} zones, from the one that holds {@code offset} on} */
    List<Zone> report(long offset, int limit) throws StorageException;

    /** Empties the zones that begin in the range. */
    void reset(long offset, long length) throws StorageException;

    /** Makes the zones that begin in the range full. */
    void finish(long offset, long length) throws StorageException;
}
