package io.pinion.direct;

/**
 * What a file takes as a write that is seen whole or not at all (statx(2), STATX_WRITE_ATOMIC): a power of two of bytes within
 * the limits, at a multiple of its length, from one buffer (pwritev2(2), RWF_ATOMIC).
 *
 * @param least bytes; 0 where the file has no such writes
 * @param most bytes; 0 where the file has no such writes
 */
record AtomicLimits(int least, int most) {
    /** No such writes. */
    static final AtomicLimits NONE = new AtomicLimits(0, 0);

    /** {@return what the kernel says, or nothing where it says what can't be} */
    static AtomicLimits of(int least, int most) {
        boolean plausible = Integer.bitCount(least) == 1 && Integer.bitCount(most) == 1 && least > 0 && least <= most;
        return plausible ? new AtomicLimits(least, most) : NONE;
    }

    /** {@return whether there are such writes} */
    boolean areOffered() {
        return most > 0;
    }

    /** {@return whether a write of that length at that position can be one} */
    boolean allow(long position, int length) {
        return length >= least && length <= most && Integer.bitCount(length) == 1 && (position & length - 1) == 0;
    }

    @Override
    public String toString() {
        return areOffered()
                ? "an atomic write here is a power of two from " + least + " to " + most
                        + " bytes, at a multiple of its length"
                : "there are no atomic writes here";
    }
}
