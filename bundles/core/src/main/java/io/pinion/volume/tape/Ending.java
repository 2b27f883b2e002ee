package io.pinion.volume.tape;

import io.pinion.strategy.StorageException;
import io.pinion.volume.TapeDrive;

/** What a stream does at the beginning, at the end of a tape, and at its own. On the thread that uses the stream. */
interface Ending {
    /** Begins the stream where the tape stands. {@return the tape, ready for the first record} */
    TapeWriter begin(TapeDrive drive) throws StorageException;

    /** {@return whether the stream goes on on another tape} */
    boolean changesTapes();

    /** Ends a full tape, and begins the next. {@return that, ready for the next record} */
    TapeWriter change(TapeWriter full) throws StorageException;

    /** Ends the stream; all its records are on the medium then. */
    void finish(TapeWriter last) throws StorageException;
}
