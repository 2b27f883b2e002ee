package io.pinion.strategy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** What a channel takes over in {@link IoChannel#begin}. Made by core. Immutable; it will grow. */
public final class Handover {
    private static final Handover FIRST = new Handover("", null, -1, Map.of());

    private final String predecessor;
    private final TapePosition position;
    private final long createdSize;
    private final Map<String, String> values;

    private Handover(String predecessor, TapePosition position, long createdSize, Map<String, String> values) {
        this.predecessor = Objects.requireNonNull(predecessor);
        this.position = position;
        this.createdSize = createdSize;
        this.values = Map.copyOf(values);
    }

    /** {@return a handover to the volume's first channel} */
    public static Handover first() {
        return FIRST;
    }

    /** {@return a handover from another strategy's channel} */
    public static Handover from(String predecessor) {
        return new Handover(predecessor, null, -1, Map.of());
    }

    /** {@return this handover with where the tape stands} */
    public Handover at(TapePosition newPosition) {
        return new Handover(predecessor, Objects.requireNonNull(newPosition), createdSize, values);
    }

    /** {@return this handover of a target that was just created, to hold so many bytes} */
    public Handover created(long size) {
        return new Handover(predecessor, position, size, values);
    }

    /** {@return this handover with something that a successor of the same kind of driver will want to know} */
    public Handover with(String key, String value) {
        Map<String, String> more = new HashMap<>(values);
        more.put(key, value);
        return new Handover(predecessor, position, createdSize, more);
    }

    /** {@return the strategy that served the target before; empty for the volume's first channel} */
    public Optional<String> predecessor() {
        return predecessor.isEmpty() ? Optional.empty() : Optional.of(predecessor);
    }

    /**
     * {@return where the predecessor left the tape; empty for other targets and for the first channel} It may be unknown, whatever else is handed over. The
     * channel reads the position again, and goes on counting from the predecessor's where the drive cannot tell. When both are
     * known and differ, it refuses ({@code POSITION_UNKNOWN}), as core does that compares them after {@code begin}; when this is
     * unknown it begins all the same, and core lets nobody read or write before the tape has been repositioned.
     * Never moves the tape.
     */
    public Optional<TapePosition> position() {
        return Optional.ofNullable(position);
    }

    /**
     * {@return how many bytes the target is to hold, when it was created for this volume just now and nobody has served it
     * yet} A driver with a format of its own writes it in {@code begin} then, and only then; when that fails, the next
     * {@code begin} is asked again.
     */
    public OptionalLong createdSize() {
        return createdSize < 0 ? OptionalLong.empty() : OptionalLong.of(createdSize);
    }

    /** {@return what a predecessor left under this key in {@link IoChannel#end}} */
    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }
}
