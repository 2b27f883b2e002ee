package io.pinion.linux.claim;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;

/** Refuses ranges that no state of a target would make right. */
final class Ranges {
    private Ranges() {}

    /**
     * Checks a range.
     *
     * @param unit what offset and length must be multiples of
     */
    static void check(String operation, String target, long offset, long length, long unit) throws StorageException {
        String violated = "";
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            violated = "offset=" + offset + ", length=" + length + " is no range";
        } else if (offset % unit != 0) {
            violated = "offset=" + offset + " is not a multiple of " + unit;
        } else if (length % unit != 0) {
            violated = "length=" + length + " is not a multiple of " + unit;
        }
        if (!violated.isEmpty()) {
            throw StorageException.of(Kind.INVALID_ARGUMENT, operation, violated)
                    .target(target)
                    .range(offset, length)
                    .build();
        }
    }
}
