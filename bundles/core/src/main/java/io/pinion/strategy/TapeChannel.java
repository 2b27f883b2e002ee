package io.pinion.strategy;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A channel to records and file marks in sequence: a tape drive, or an image of a tape. The medium has one position, so
 * core lets one thread in at a time, and nobody beside a flush, a {@code begin} or an {@code end} that hangs; methods need no
 * lock of their own, but {@link #close()} may come from another thread.
 *
 * <p>Whatever moves the tape takes a {@link TapeResult} and fills it, also when it throws: what was done, where the tape stands,
 * and whether the drive said so or it was counted. Core has {@linkplain TapeResult#clear() cleared} it before. When it throws
 * the count is what was done before, the position is known unless it is lost, and the outcome means nothing; what is refused
 * as {@code CLOSED}, {@code NOT_READY} or {@code UNSUPPORTED} may leave the result cleared: core then asks {@link #position()}, which
 * says the same as the result before it.
 *
 * <p>A transfer moves one record in variable mode, whole records in fixed mode ({@link TapeStatus#blockSize()}), each of which is
 * a record in positions and counts of records; counts of bytes are bytes. The buffer's position advances by what was transferred,
 * and not at all when that is nothing; its limit, order and mark stay. What a buffer to read into has behind the record, up to its
 * limit, is undefined. A buffer to write from may be read-only.
 *
 * <p>Core refuses before they come here: empty buffers, counts of 0 and numbers of marks below 1, positions that are unknown,
 * block sizes below 0, densities that are no byte, and what the operator's access does not allow. Counts to space by may be
 * larger than any tape, and than 32 bits.
 *
 * <p>Only {@link #writeFileMarks} writes file marks. Before a rewind, a locate, a backward space and an unload the driver
 * flushes, and before the channel is closed core does, so that the drive adds none of its own; a claim that is exclusive
 * does when it is closed, for channels that were abandoned. After a reset, or when the position is lost, every operation
 * but {@link #rewind}, {@link #locate}, {@link #spaceToEndOfData}, {@link #load}, {@link #unload}, {@link #position} (which
 * says so) and {@link #status} fails with {@code POSITION_UNKNOWN}, until one of those has repositioned the tape; core lets
 * nobody erase meanwhile. A failed {@link #flush()} means the same, and its exception carries the last position that is
 * known to be on the medium; unlike that of a volume it is over once the tape has been repositioned. When it was a flush of
 * core's own, before a swap or the end of a channel, the caller's next operation fails with it, a rewind, too.
 *
 * <p>What the setters change is the drive's, and outlives the channel, so it is changed back: by {@link #close()} of a channel
 * that has begun and was not asked for its {@link #end} since it last served, because the drive is given up. After {@code end}
 * it is the successor's to change back, who takes over in {@link #begin} what was so before; nobody does when none comes. Such
 * a close is a step in the drive like {@code end}, with nobody beside it.
 *
 * <p>Nothing cancels an operation that has begun, neither an interrupt nor a call: the drive has the command, st(4) waits for
 * its end whatever signals come, and a tape that was stopped in between stands nobody knows where. The driver's time limits
 * bound it (MT_ST_SET_TIMEOUT, 900 s; MT_ST_SET_LONG_TIMEOUT for what moves or erases the tape, 14,000 s). Whoever wants to be
 * able to stop moves in steps.
 *
 * <p>Source: the kernel's Documentation/scsi/st.rst, SSC-3.
 */
@ConsumerType
public interface TapeChannel extends IoChannel {
    /**
     * Reads the next record: {@code DONE} with its length in bytes as the count, however much longer the buffer is;
     * {@code FILE_MARK}, and the tape stands behind the mark; {@code END_OF_DATA}, where the tape stays; or
     * {@code RECORD_TOO_LONG}, and the tape stands in front of the record, whatever the drive did. The counts of those three
     * are 0.
     *
     * <p>In fixed mode a mark or the end of data ends a transfer: {@code DONE} with what came before, the tape in front of the
     * mark, which the next read tells. So does a record of another length than the blocks, which the next read tells as
     * {@code RECORD_TOO_LONG} or {@code IO_ERROR}, the tape in front of it.
     *
     * @throws StorageException {@code IO_ERROR}, {@code MEDIUM_ERROR}, {@code POSITION_UNKNOWN}, {@code NOT_READY};
     *     {@code INVALID_ARGUMENT} in fixed mode for a length that is no multiple of the block size
     */
    void read(ByteBuffer target, TapeResult result) throws StorageException;

    /**
     * Writes what remains in the buffer as one record; what was on the tape behind it is gone. {@code DONE}, or
     * {@code EARLY_WARNING} from every write that ends behind the place where the drive gave it, not from one in front of it,
     * after a rewind; a record that did not get out then is written again by the driver, if the position did not move. The
     * count is bytes.
     *
     * @throws StorageException {@code NO_SPACE} when the record could not be written because the tape is full: nothing of it is
     *     on the tape, which stands where it stood, and what was behind may be gone. Of several blocks in fixed mode those
     *     that fitted are written, and count, {@link StorageException#transferred()} and the buffer's position say how much;
     *     {@code INVALID_ARGUMENT} for a record that is beyond the drive's limits, which it names
     *     ({@link Geometry#allowsRecord}), and in fixed mode for a length that is no multiple of the block size;
     *     {@code READ_ONLY} for a protected tape; a failure that {@link StorageException#isDeferred()} concerns earlier
     *     records that the drive had buffered, those since the last {@link #flush()} or file mark
     */
    void write(ByteBuffer source, TapeResult result) throws StorageException;

    /**
     * Writes file marks. Everything before them is on the medium when this returns. Ends as {@link #write}, with the number of
     * marks as the count, after {@code NO_SPACE} of those that were written.
     */
    void writeFileMarks(int count, TapeResult result) throws StorageException;

    /**
     * Moves over records, backwards for a negative count: {@code DONE}. Ends early behind a file mark (in front of it, moving
     * backwards), at the end of data or the beginning of the partition, and says so: {@code FILE_MARK}, {@code END_OF_DATA},
     * {@code BEGINNING_OF_PARTITION}. The count is how many records were passed, never negative; the mark is none of them,
     * though it counts in the position.
     */
    void spaceRecords(long count, TapeResult result) throws StorageException;

    /**
     * Moves over file marks, and the records between, to behind the last of them; backwards, for a negative count, to in front
     * of it: {@code DONE}. Ends early at the end of data or the beginning of the partition, as {@link #spaceRecords}, with the
     * number of marks passed.
     */
    void spaceFileMarks(long count, TapeResult result) throws StorageException;

    /** Moves behind the last record or file mark, where more can be written; {@code DONE}, with a count of 0. */
    void spaceToEndOfData(TapeResult result) throws StorageException;

    /**
     * Moves to a position noted earlier, in its partition; {@code DONE}, with a count of 0. A position that was counted is as
     * good as one that the drive told: both are block addresses.
     *
     * @throws StorageException {@code END_OF_DATA} when that is beyond the last record: the tape stands at the end of data
     *     then, and the result says where; {@code INVALID_ARGUMENT} for a partition that the tape does not have, and the
     *     tape stands where it stood
     */
    void locate(TapePosition position, TapeResult result) throws StorageException;

    /** Moves to the beginning of the partition; {@code DONE}, with a count of 0. */
    void rewind(TapeResult result) throws StorageException;

    /** {@return where the tape stands} Moves nothing. */
    TapePosition position() throws StorageException;

    /** {@return what state drive and medium are in} Moves nothing, and answers without a medium, too. */
    TapeStatus status() throws StorageException;

    /**
     * Switches to records of so many bytes (fixed mode), or of any length for 0 (variable mode). Moves nothing, and holds
     * until it is switched again, for a successor of the same strategy, too: what the drive does not remember by itself is
     * handed over ({@link #end}).
     *
     * @throws StorageException {@code INVALID_ARGUMENT} beyond the drive's limits, which it names
     */
    default void setBlockSize(int bytes) throws StorageException {
        throw unsupported("setBlockSize");
    }

    /**
     * Chooses how densely what is written from the beginning of the tape on will be, by its code (SSC-5, 8.3.3; mt(1)
     * {@code densities}). Moves nothing.
     *
     * @throws StorageException {@code INVALID_ARGUMENT} when the drive does not have it
     */
    default void setDensity(int code) throws StorageException {
        throw unsupported("setDensity");
    }

    /** Has the drive compress what is written from now on, or not. What it reads it understands either way. Moves nothing. */
    default void setCompression(boolean on) throws StorageException {
        throw unsupported("setCompression");
    }

    /** Erases from here to the end of the medium, and stands where it stood, which is the end of data now; {@code DONE}. */
    default void erase(TapeResult result) throws StorageException {
        throw unsupported("erase");
    }

    /** Makes the medium in the drive ready, at its beginning, also one that is ready; {@code DONE}. */
    default void load(TapeResult result) throws StorageException {
        throw unsupported("load");
    }

    /**
     * Rewinds and ejects, or at least takes the drive off line; {@code DONE}, with an unknown position. What needs a medium
     * fails with {@code NOT_READY} from then on.
     */
    default void unload(TapeResult result) throws StorageException {
        throw unsupported("unload");
    }

    private static StorageException unsupported(String operation) {
        return StorageException.of(
                        StorageException.Kind.UNSUPPORTED, operation, "this drive, or its driver, cannot " + operation)
                .build();
    }
}
