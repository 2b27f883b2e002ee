package io.pinion.core.control;

import io.pinion.volume.Volume;

/** Where a volume is made known while it can be used. Called without a lock, one call at a time for a volume. */
public interface Publication {
    /** Makes the volume known, or tells that another strategy serves it now. */
    void publish(Volume volume, String strategy);

    /** Makes the volume unknown; does nothing when it is. */
    void withdraw(Volume volume);

    /** A volume was configured or deleted, whether it can be used or not. One call at a time; the latest is never lost. */
    default void listChanged() {}
}
