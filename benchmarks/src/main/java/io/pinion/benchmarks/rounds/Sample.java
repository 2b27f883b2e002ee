package io.pinion.benchmarks.rounds;

import io.pinion.benchmarks.plan.Figure;

/**
 * What one sample came to; NaN for what the way does not tell.
 *
 * @param rate operations a second
 * @param cpu processor time of the process per operation, in nanoseconds
 * @param thread processor time of the threads that do the I/O per operation, in nanoseconds
 * @param allocated bytes allocated by these threads per operation
 * @param p50 half of the timed operations took no longer, in nanoseconds
 * @param p99 99 % of them took no longer
 * @param p999 99.9 % of them took no longer
 * @param load of the machine after it: the average of a minute
 */
public record Sample(
        double rate, double cpu, double thread, double allocated, double p50, double p99, double p999, double load) {
    /** {@return the figure that a goal is about} */
    public double figure(Figure figure) {
        return figure == Figure.RATE ? rate : cpu;
    }
}
