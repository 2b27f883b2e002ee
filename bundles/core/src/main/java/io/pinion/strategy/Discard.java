package io.pinion.strategy;

import org.osgi.annotation.versioning.ConsumerType;

/** An extra: tells the target that a range is no longer needed (BLKDISCARD, fallocate(2) FALLOC_FL_PUNCH_HOLE). */
@ConsumerType
public interface Discard {
    /**
     * Discards a range. What it reads as afterwards is not defined, nor what transfers beside it in the range do.
     *
     * @param offset in bytes, a multiple of {@link #granularity()}
     * @param length in bytes, a multiple of {@link #granularity()}
     * @throws StorageException {@code INVALID_ARGUMENT} for another range, or, on a device, one that goes past the end: nothing is
     *     done then; {@code UNSUPPORTED} by a device that can't any more, {@code IN_USE} where others use it, {@code IO_ERROR} …
     */
    void discard(long offset, long length) throws StorageException;

    /** {@return what offset and length must be multiples of, in bytes} A tail of the target that is shorter is not discarded. */
    long granularity();
}
