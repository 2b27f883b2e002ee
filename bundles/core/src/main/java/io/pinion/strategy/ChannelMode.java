package io.pinion.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How a channel really moves bytes, as opposed to how it was asked to. Immutable; it will grow.
 */
public final class ChannelMode {
    private final String name;
    private final List<String> notes;

    private ChannelMode(String name, List<String> notes) {
        this.name = Objects.requireNonNull(name);
        this.notes = List.copyOf(notes);
    }

    /**
     * {@return a mode}
     *
     * @param name a few words: {@code page cache}, {@code O_DIRECT}, {@code O_DIRECT, unverified}
     * @param notes sentences for the operator: what was checked, what was not had, and why
     */
    public static ChannelMode of(String name, String... notes) {
        return new ChannelMode(name, List.of(notes));
    }

    /** {@return this mode with one more sentence} */
    public ChannelMode note(String sentence) {
        List<String> more = new ArrayList<>(notes);
        more.add(sentence);
        return new ChannelMode(name, more);
    }

    /** {@return the mode in a few words} */
    public String name() {
        return name;
    }

    /** {@return sentences for the operator} */
    public List<String> notes() {
        return notes;
    }

    @Override
    public String toString() {
        return name;
    }
}
