package io.pinion.volume;

/** What a volume is doing. */
public enum VolumeState {
    /** No suitable strategy serves it yet, or any more, or its device is gone; calls wait up to {@code grace}, then fail. */
    WAITING,
    /** A strategy serves it. */
    OPEN,
    /** A strategy serves it, and another is about to. */
    SWAPPING,
    /** It lost acknowledged data, or a part of its target; calls fail until it is reopened accepting that. */
    FAILED,
    /** It is gone for good. */
    CLOSED
}
