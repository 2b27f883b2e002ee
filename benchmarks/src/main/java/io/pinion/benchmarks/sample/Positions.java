package io.pinion.benchmarks.sample;

import io.pinion.benchmarks.plan.Pattern;
import io.pinion.benchmarks.plan.Shape;

/** Where the next operation of one thread is. */
final class Positions {
    private final int block;
    private final long blocks;
    private final boolean sequential;
    private long state;

    /**
     * Random ones are the sequence that {@code uring.c} has.
     *
     * @param size of the file
     * @param seed not 0
     */
    Positions(Shape shape, long size, long seed) {
        block = shape.block();
        sequential = shape.pattern() == Pattern.SEQUENTIAL;
        blocks = (sequential ? Math.min(size, Pattern.PASS) : size) / block;
        state = sequential ? 0 : seed;
    }

    /** {@return how many blocks a sequential pass has} */
    long blocks() {
        return blocks;
    }

    /** {@return an offset in bytes} */
    long next() {
        if (sequential) {
            return state++ % blocks * block;
        }
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        return Long.remainderUnsigned(state, blocks) * block;
    }
}
