package io.pinion.strategy;

/** How a successful write to a tape ended. */
public enum WriteOutcome {
    /** Written, with room for more. */
    WRITTEN,
    /** Written, and the end of the medium is near: finish with a trailer. A state that lasts, not an error. */
    EARLY_WARNING
}
