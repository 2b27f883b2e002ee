package io.pinion.benchmarks.plan;

import java.util.Locale;

/** What an operation does. */
public enum Kind {
    /** Reads a block. */
    READ,
    /** Writes a block. */
    WRITE,
    /** Does nothing: what is left is the ring itself. */
    NOP;

    /** {@return the name in arguments and titles} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
