package io.pinion.volume;

import io.pinion.strategy.StorageException;

/** What to do with an extra, on the caller's thread, while no swap can happen. */
@FunctionalInterface
public interface ExtraUse<T, R> {
    /** Uses the extra; it is not valid after returning. */
    R apply(T extra) throws StorageException;
}
