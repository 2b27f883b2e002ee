package io.pinion.strategy;

import org.osgi.annotation.versioning.ConsumerType;

/** An extra: makes a range read as zeroes without sending them (BLKZEROOUT, fallocate(2) FALLOC_FL_ZERO_RANGE). */
@ConsumerType
public interface WriteZeroes {
    /**
     * Zeroes a range. Durable as a write is: after a flush.
     *
     * @param offset in bytes; on a device a multiple of its logical block size
     * @param length in bytes; on a device a multiple of its logical block size
     * @throws StorageException {@code INVALID_ARGUMENT} for another range, or, on a device, one that goes past the end: nothing is
     *     done then; {@code IN_USE} where others use it, {@code IO_ERROR} …
     */
    void writeZeroes(long offset, long length) throws StorageException;
}
