package io.pinion.tape.st;

import io.pinion.linux.tape.DriverStatus;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;

/**
 * How the drive divides what is transferred: a record of any length, or blocks of one (fixed mode). For the channel's thread
 * alone.
 */
final class Blocks {
    private final Limits limits;
    private int size;

    Blocks(Limits limits) {
        this.limits = limits;
    }

    /** Takes over what the driver says. */
    void take(DriverStatus status) {
        size = status.blockSize();
    }

    /** {@return bytes of a block; 0 in variable mode} */
    int size() {
        return size;
    }

    /** {@return how many records so many bytes are, that were transferred at once} */
    long count(long bytes) {
        return size == 0 ? 1 : bytes / size;
    }

    /**
     * {@return how much to ask for, to read into so many bytes of room} The driver refuses a read of less, or more, than the
     * drive's records can have, though to have room for more does no harm; and one that is shorter than all of them does not
     * fit.
     */
    int readLength(int room) throws StorageException {
        if (size == 0) {
            return Math.max(limits.shortest(), Math.min(room, limits.longest()));
        }
        requireWhole("read", room);
        return room;
    }

    void requireWritable(int length) throws StorageException {
        if (size > 0) {
            requireWhole("write", length);
        } else if (!limits.allows(length)) {
            throw refused("write", "length=" + length + ": " + limits);
        }
    }

    private void requireWhole(String operation, int length) throws StorageException {
        if (length % size != 0) {
            throw refused(
                    operation,
                    "length=" + length + " is not a multiple of blockSize=" + size
                            + "; or setBlockSize(0), for records of any length");
        }
    }

    private static StorageException refused(String operation, String words) {
        return StorageException.of(Kind.INVALID_ARGUMENT, operation, words).build();
    }
}
