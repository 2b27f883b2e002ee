package io.pinion.volume.tape;

import io.pinion.strategy.StorageException;
import io.pinion.volume.TapeDrive;
import java.util.Optional;
import java.util.UUID;

/**
 * What tape a stream needs.
 *
 * @param drive the drive whose tape is at its end, or was refused; the stream has flushed it, and uses it no more unless it is given
 *     again
 * @param set the set; empty when any is welcome that the tape is the first of
 * @param tape which tape of the set, from 1
 * @param attempt how often it is asked for now, from 1
 * @param refusal why the tape that was given before was not taken, {@code WRONG_MEDIUM} for another one than was asked for;
 *     empty as long as none was given
 */
public record TapeRequest(
        TapeDrive drive, Optional<UUID> set, int tape, int attempt, Optional<StorageException> refusal) {}
