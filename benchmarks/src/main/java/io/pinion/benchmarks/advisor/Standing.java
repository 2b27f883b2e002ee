package io.pinion.benchmarks.advisor;

import io.pinion.benchmarks.report.Ratio;

/**
 * How a way did beside the buffered one, as fio saw it. The same questions as the advisor asks, by other means: medians of
 * ratios of rounds, and intervals by resampling.
 */
enum Standing {
    /** Clearly more requests a second. */
    FASTER,
    /** Not slower, at four fifths of the processor time or less. */
    CHEAPER,
    /** Not slower, and a reader beside it keeps clearly more of its speed. */
    GENTLER,
    /** None of these, and not clearly slower. */
    EVEN,
    /** Rounds differ too much to tell whether it is slower. */
    UNTOLD,
    /** Clearly fewer requests a second. */
    SLOWER;

    /** A difference within this is none. */
    static final double MARGIN = 0.05;

    private static final double CHEAP = 0.8;

    /**
     * {@return how it stands} Ratios are of the way to the buffered one.
     *
     * @param speed of requests a second
     * @param processor of processor time for a request
     * @param others of what the reader beside it did; of 1 where there was none
     */
    static Standing of(Ratio speed, Ratio processor, Ratio others) {
        if (speed.low() > 1 + MARGIN) {
            return FASTER;
        }
        if (speed.high() < 1 / (1 + MARGIN)) {
            return SLOWER;
        }
        if (speed.low() < 1 - MARGIN) {
            return UNTOLD;
        }
        if (processor.high() <= CHEAP) {
            return CHEAPER;
        }
        return others.low() > 1 + MARGIN ? GENTLER : EVEN;
    }

    /** {@return whether it is worth changing over to} */
    boolean wins() {
        return compareTo(GENTLER) <= 0;
    }
}
