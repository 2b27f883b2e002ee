package io.pinion.core.control;

import io.pinion.core.volume.Gate;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A swap under way: collects what its report will say. Used by the reconciler's thread, where nothing else is said. */
final class Attempt {
    private static final long NEVER_CLOSED = -1;

    final String volume;
    final String from;
    final String to;
    final String cause;
    final List<Long> preflushNanos = new ArrayList<>();
    boolean writersSlowed;
    long prepareNanos;
    private long pauseNanos;
    private long parkedBefore = NEVER_CLOSED;
    private long parked;
    private final Progress progress;
    private final Instant at = Instant.now();
    private final long start = System.nanoTime();

    Attempt(String volume, String from, String to, String cause) {
        this.volume = volume;
        this.from = from;
        this.to = to;
        this.cause = cause;
        this.progress = new Progress(from, to);
    }

    /** Notes what is done next. */
    void step(String next) {
        progress.step(next);
    }

    /** {@return for any thread: what is being done, and for how long it has been tried} */
    String underWay() {
        return progress.toString();
    }

    /** The gate is about to close. */
    void prepared() {
        prepareNanos = System.nanoTime() - start;
    }

    /** The gate closes next. */
    void closing(Gate gate) {
        parkedBefore = gate.parked();
    }

    /** Notes for how long the gate was closed, if it was, and how many waited. */
    void measure(Gate gate) {
        if (parkedBefore != NEVER_CLOSED) {
            pauseNanos = gate.pauseNanos();
            parked = gate.parked() - parkedBefore;
        }
    }

    SwapReport report(Outcome outcome, String detail) {
        if (prepareNanos == 0) {
            prepared();
        }
        return new SwapReport(
                volume,
                from,
                to,
                cause,
                outcome,
                detail,
                at,
                prepareNanos,
                List.copyOf(preflushNanos),
                writersSlowed,
                pauseNanos,
                parked);
    }
}
