package io.pinion.volume.tape;

import io.pinion.strategy.StorageException;
import io.pinion.volume.TapeDrive;
import java.util.Optional;

/**
 * Gives a stream the next tape of its set: in another drive, or in the same one after a change. Called on the thread that uses the
 * stream, from within its call of the stream, so that it can ask a person there and be interrupted, which ends the stream; it may take its
 * time, and must not use the stream.
 */
@FunctionalInterface
public interface NextTape {
    /**
     * {@return the drive that has the tape, ready to be used; empty when there is none, and the stream is to fail} The stream
     * rewinds the tape, and looks at its label; before it writes, also where the set began on its first tape. What it refuses
     * it asks for again, as often as an answer comes. A tape to write on must not be another one of the same set; anything else
     * on it is overwritten.
     *
     * @throws StorageException to have the stream fail with this; with anything else that is thrown it fails, too, with {@code
     *     STRATEGY_FAULT}
     */
    Optional<TapeDrive> next(TapeRequest request) throws StorageException;
}
