package io.pinion.core.control;

/** What an operator has said may be taken in place of a device that was pulled out, by reopening the volume. */
enum Consent {
    /** Nothing was said: the same device alone, with all that was written. */
    NONE,
    /** Whatever is there now. */
    ANY_DEVICE,
    /** Whatever is there now, and whatever is missing on it. */
    ANY_LOSS;

    boolean takesAnyDevice() {
        return this != NONE;
    }

    boolean acceptsLoss() {
        return this == ANY_LOSS;
    }
}
