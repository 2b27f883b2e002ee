package io.pinion.advisor.play;

/**
 * Where requests go: over a span of the target, each block of it once in a lap, in order from some block on or at random. The same
 * seed gives the same positions, so that two ways can be held against each other. For one thread.
 */
public final class Positions {
    private static final int HUNDRED = 100;

    private final long base;
    private final long blocks;
    private final int size;
    private final boolean sequential;
    private final int writePercent;
    private final int shift;
    private final long mask;
    private long seed;
    private long index;
    private long candidate;

    /**
     * Positions over a span.
     *
     * @param base where the span begins
     * @param span in bytes, of one request at least
     * @param size of a request, in bytes
     * @param writePercent how many of a hundred are writes
     */
    public Positions(long base, long span, int size, boolean sequential, int writePercent, long seed) {
        this.base = base;
        blocks = span / size;
        if (blocks < 1) {
            throw new IllegalArgumentException("span=" + span + " is less than size=" + size);
        }
        this.size = size;
        this.sequential = sequential;
        this.writePercent = writePercent;
        int bits = Math.max(2, Long.SIZE - Long.numberOfLeadingZeros(blocks - 1));
        mask = (1L << bits) - 1;
        shift = (bits + 1) / 2;
        begin(seed);
    }

    /** Begins a lap in another order. */
    public void begin(long newSeed) {
        seed = mixed(newSeed);
        index = 0;
        candidate = 0;
    }

    /** Begins the next lap. */
    void begin() {
        begin(seed);
    }

    /** {@return where the next request begins; -1 at the end of a lap} */
    public long next() {
        if (index == blocks) {
            return -1;
        }
        long block = sequential ? (index + Long.remainderUnsigned(seed, blocks)) % blocks : atRandom();
        index++;
        return base + block * size;
    }

    /** {@return whether the request that {@link #next} told of is a write} */
    public boolean isWrite() {
        return writePercent > 0 && Long.remainderUnsigned(mixed(seed + index), HUNDRED) < writePercent;
    }

    /** Goes through a permutation of the next power of two, and passes over what is too high: no block comes twice, and none is kept. */
    private long atRandom() {
        long block;
        do {
            block = permuted(candidate++);
        } while (block >= blocks);
        return block;
    }

    /** Steps that can each be undone, within the bits of the mask: a bijection. */
    private long permuted(long value) {
        long mixed = value + seed & mask;
        for (int round = 0; round < 3; round++) {
            mixed ^= mixed >>> shift;
            mixed = mixed * (0x9E3779B97F4A7C15L + 2 * (seed >>> 8 * round)) & mask;
        }
        return mixed ^ mixed >>> shift;
    }

    /** SplitMix64's (Steele, Lea and Flood, 2014). */
    private static long mixed(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
