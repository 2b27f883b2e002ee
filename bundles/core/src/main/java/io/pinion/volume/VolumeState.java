package io.pinion.volume;

/** What a volume is doing. */
public enum VolumeState {
    /** No suitable strategy serves it yet, or any more; calls wait up to {@code grace}, then fail. */
    WAITING,
    /** A strategy serves it. */
    OPEN,
    /** A strategy serves it, and another is about to. */
    SWAPPING,
    /** It lost acknowledged data, or its target; calls fail until it is reopened. */
    FAILED,
    /** It is gone for good. */
    CLOSED
}
