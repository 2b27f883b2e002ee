package io.pinion.volume;

import java.time.Instant;
import java.util.List;

/**
 * One swap, or the attempt at one.
 *
 * @param volume which volume
 * @param from the strategy that served before; empty when none did
 * @param to the strategy that was to serve
 * @param cause who wanted it: {@code configuration}, {@code command}, {@code strategy left} …
 * @param outcome how it ended
 * @param detail why, when it was not published; else empty
 * @param at when it began
 * @param prepareNanos how long it took to examine, open and flush while the old channel went on serving
 * @param preflushNanos how long each round of that flush took
 * @param writersSlowed whether writers had to be slowed for the flush to keep up
 * @param pauseNanos how long the gate was closed; 0 when it never was
 * @param parked how many operations waited at it
 */
public record SwapReport(
        String volume,
        String from,
        String to,
        String cause,
        Outcome outcome,
        String detail,
        Instant at,
        long prepareNanos,
        List<Long> preflushNanos,
        boolean writersSlowed,
        long pauseNanos,
        long parked) {

    /** How a swap ended. Only {@link #PUBLISHED} counts as a swap. */
    public enum Outcome {
        /** The new strategy serves. */
        PUBLISHED,
        /** It serves already. */
        UNCHANGED,
        /** It is unknown, unsuitable or doesn't fit; nothing was tried. */
        REFUSED,
        /** Something failed on the way; the old strategy goes on serving. */
        ROLLED_BACK,
        /** A flush failed: the volume is {@link VolumeState#FAILED}. */
        FLUSH_FAILED,
        /** A newer wish came before its turn. */
        SUPERSEDED
    }

    /** {@return whether the volume is now served by {@link #to}} */
    public boolean isServing() {
        return outcome == Outcome.PUBLISHED || outcome == Outcome.UNCHANGED;
    }
}
