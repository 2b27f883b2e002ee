package io.pinion.strategy;

/**
 * A set of wishes for one transfer. There are eight sets, made once, so that passing one allocates nothing and two equal
 * sets are the same object.
 *
 * <p>What a driver has not declared as a {@link Capability} never reaches it: core emulates {@link #DURABLE} by a flush
 * after the write, and refuses {@link #ATOMIC} and {@link #UNCACHED} with {@link StorageException.Kind#UNSUPPORTED}.
 */
public final class TransferFlags {
    private static final TransferFlags[] SETS = new TransferFlags[8];

    static {
        for (int bits = 0; bits < SETS.length; bits++) {
            SETS[bits] = new TransferFlags(bits);
        }
    }

    /** No wishes: the plain transfer. */
    public static final TransferFlags NONE = SETS[0];
    /** A write is on stable storage, with the metadata needed to read it back, when it completes; see open(2), O_DSYNC. */
    public static final TransferFlags DURABLE = SETS[1];
    /**
     * A write is seen whole or not at all, also after a power failure. It is one buffer of a power of two of bytes, from
     * {@link Geometry#atomicWriteMinimum()} to {@link Geometry#atomicWriteMaximum()}, at a multiple of its length; anything
     * else is {@code UNSUPPORTED}, with the limits, and a driver may refuse more. See {@code RWF_ATOMIC}, pwritev2(2).
     */
    public static final TransferFlags ATOMIC = SETS[2];
    /**
     * The transfer leaves no pages in the page cache behind it; a write may leave them until the next flush, and in a cached
     * file what is written here and there longer. See {@code RWF_DONTCACHE}, pwritev2(2).
     */
    public static final TransferFlags UNCACHED = SETS[4];

    private final int bits;

    private TransferFlags(int bits) {
        this.bits = bits;
    }

    /** {@return the union of both sets} */
    public TransferFlags with(TransferFlags other) {
        return SETS[bits | other.bits];
    }

    /** {@return what is in this set and not in {@code other}} */
    public TransferFlags without(TransferFlags other) {
        return SETS[bits & ~other.bits];
    }

    /** {@return whether every wish of {@code other} is in this set} */
    public boolean contains(TransferFlags other) {
        return (bits & other.bits) == other.bits;
    }

    /** {@return whether there is no wish in this set} */
    public boolean isEmpty() {
        return bits == 0;
    }

    @Override
    public String toString() {
        if (isEmpty()) {
            return "none";
        }
        StringBuilder text = new StringBuilder();
        append(text, DURABLE, "durable");
        append(text, ATOMIC, "atomic");
        append(text, UNCACHED, "uncached");
        return text.toString();
    }

    private void append(StringBuilder text, TransferFlags flag, String word) {
        if (contains(flag)) {
            text.append(text.length() == 0 ? "" : "+").append(word);
        }
    }
}
