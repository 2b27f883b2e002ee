package io.pinion.advisor.play;

import io.pinion.strategy.StorageException;

/** Asks a volume for what a stint wants, in one way. For one thread. */
@FunctionalInterface
public interface Player {
    /**
     * Plays it until it is over. What was asked for has come back then.
     *
     * @throws StorageException {@code INTERRUPTED}, or what a request ended in
     */
    void play(Stint stint) throws StorageException;
}
