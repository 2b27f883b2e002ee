package io.pinion.core.volume;

import io.pinion.strategy.StorageException;

/** Who decides what becomes of a volume. Told on any thread, at any moment, by whoever found out; returns at once. */
public interface Keeper {
    /** A flush has failed. */
    void lostData(StorageException error);

    /** A device is gone, or has shrunk; of one that is held no more it need not be known. */
    void lostDevice(DeviceWatch device, StorageException trouble);
}
