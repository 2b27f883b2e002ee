package io.pinion.core.control;

import io.pinion.core.volume.Gated;

/** Where a volume, or a drive, is made known while it can be used. Called without a lock, one call at a time for a volume. */
public interface Publication {
    /**
     * As what a volume is known.
     *
     * @param strategy who serves it
     * @param deviceSize in bytes; -1 of what is no device, or one whose size nobody watches
     */
    record Facts(String strategy, long deviceSize) {}

    /** Makes the volume known, or tells that another strategy serves it now, or its device has grown. */
    void publish(Gated gated, Facts facts);

    /** Makes the volume unknown; does nothing when it is. */
    void withdraw(Gated gated);

    /** A volume was configured or deleted, whether it can be used or not. One call at a time; the latest is never lost. */
    default void listChanged() {}
}
