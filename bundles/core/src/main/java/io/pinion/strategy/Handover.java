package io.pinion.strategy;

import java.util.Objects;
import java.util.Optional;

/** What a channel takes over in {@link IoChannel#begin}. Made by core. Immutable; it will grow. */
public final class Handover {
    private static final Handover FIRST = new Handover("", null);

    private final String predecessor;
    private final TapePosition position;

    private Handover(String predecessor, TapePosition position) {
        this.predecessor = Objects.requireNonNull(predecessor);
        this.position = position;
    }

    /** {@return a handover to the volume's first channel} */
    public static Handover first() {
        return FIRST;
    }

    /** {@return a handover from another strategy's channel} */
    public static Handover from(String predecessor) {
        return new Handover(predecessor, null);
    }

    /** {@return this handover with where the tape stands} */
    public Handover at(TapePosition newPosition) {
        return new Handover(predecessor, Objects.requireNonNull(newPosition));
    }

    /** {@return the strategy that served the target before; empty for the volume's first channel} */
    public Optional<String> predecessor() {
        return predecessor.isEmpty() ? Optional.empty() : Optional.of(predecessor);
    }

    /**
     * {@return where the predecessor left the tape; empty for other targets and for the first channel} The channel reads
     * the position again and refuses ({@code POSITION_UNKNOWN}) when it differs.
     */
    public Optional<TapePosition> position() {
        return Optional.ofNullable(position);
    }
}
