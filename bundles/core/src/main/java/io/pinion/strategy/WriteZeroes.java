package io.pinion.strategy;

import org.osgi.annotation.versioning.ConsumerType;

/** An extra: makes a range read as zeroes without sending them (BLKZEROOUT, fallocate(2) FALLOC_FL_ZERO_RANGE). */
@ConsumerType
public interface WriteZeroes {
    /** Zeroes a range, in bytes. Durable as a write is: after a flush. */
    void writeZeroes(long offset, long length) throws StorageException;
}
