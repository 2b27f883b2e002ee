package io.pinion.strategy;

import java.util.Objects;
import java.util.OptionalLong;

/** Whether what a {@link Claim} holds is still there, and how large it is now. Immutable; it will grow. */
public final class Presence {
    private static final Presence UNKNOWN = new Presence(false, false, -1, "");

    private final boolean known;
    private final boolean gone;
    private final long size;
    private final String detail;

    private Presence(boolean known, boolean gone, long size, String detail) {
        this.known = known;
        this.gone = gone;
        this.size = size;
        this.detail = Objects.requireNonNull(detail);
    }

    /** {@return that it can't be told} What is removed is then nothing but an operation that fails. */
    public static Presence unknown() {
        return UNKNOWN;
    }

    /** {@return that a thing without a size is there: a tape drive} */
    public static Presence present() {
        return new Presence(true, false, -1, "");
    }

    /** {@return that it is there, with so many bytes} */
    public static Presence present(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("size=" + size + " is negative");
        }
        return new Presence(true, false, size, "");
    }

    /**
     * {@return that it is gone, and does not come back under this claim}
     *
     * @param detail by what that is known, in words for the operator
     */
    public static Presence gone(String detail) {
        return new Presence(true, true, -1, detail);
    }

    /** {@return whether it can be told} */
    public boolean isKnown() {
        return known;
    }

    /** {@return whether it is gone} */
    public boolean isGone() {
        return gone;
    }

    /** {@return the size in bytes; empty of what is gone, has none or is not known} */
    public OptionalLong size() {
        return size < 0 ? OptionalLong.empty() : OptionalLong.of(size);
    }

    /** {@return by what it is known to be gone; empty when it isn't} */
    public String detail() {
        return detail;
    }

    @Override
    public String toString() {
        if (!known) {
            return "unknown";
        }
        String there = size < 0 ? "present" : "present, " + size + " bytes";
        return gone ? "gone: " + detail : there;
    }
}
