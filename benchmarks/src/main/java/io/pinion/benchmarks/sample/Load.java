package io.pinion.benchmarks.sample;

import io.pinion.benchmarks.plan.Shape;

/** What a sample does, in passes. One thread calls. */
interface Load extends AutoCloseable {
    /** {@return how many operations one pass more has completed} A sequential pass is a whole one, flushed. */
    long pass() throws Exception;

    /** {@return the threads that do it} */
    default long[] threads() {
        return new long[] {Thread.currentThread().getId()};
    }

    @Override
    default void close() {}

    /** Makes loads that differ in their shapes alone. */
    interface Maker {
        Load make(Shape shape) throws Exception;
    }
}
