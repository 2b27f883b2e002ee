package io.pinion.linux.claim;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;

/** Refuses ranges that no state of a target would make right. */
final class Ranges {
    private Ranges() {}

    /**
     * Checks a range.
     *
     * @param name of the unit
     * @param unit what offset and length must be multiples of
     */
    static void check(String operation, String target, long offset, long length, String name, long unit)
            throws StorageException {
        String violated = "";
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            violated = "offset=" + offset + ", length=" + length + " is no range";
        } else if (offset % unit != 0) {
            violated = "offset=" + offset + " is not a multiple of " + name + "=" + unit;
        } else if (length % unit != 0) {
            violated = "length=" + length + " is not a multiple of " + name + "=" + unit;
        }
        if (!violated.isEmpty()) {
            throw wrong(operation, target, offset, length, violated);
        }
    }

    /** Checks that a range ends before its target does. */
    static void checkEnd(String operation, String target, long offset, long length, long size) throws StorageException {
        if (length > size - offset) {
            throw wrong(
                    operation, target, offset, length, "offset+length=" + (offset + length) + " is past size=" + size);
        }
    }

    private static StorageException wrong(String operation, String target, long offset, long length, String violated) {
        return StorageException.of(Kind.INVALID_ARGUMENT, operation, violated)
                .target(target)
                .range(offset, length)
                .build();
    }
}
