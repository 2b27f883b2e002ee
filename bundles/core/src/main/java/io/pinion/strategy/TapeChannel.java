package io.pinion.strategy;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A channel to records and file marks in sequence: a tape drive, or an image of a tape. The medium has one position, so
 * core lets one thread in at a time; methods need no lock of their own, but {@link #close()} may come from another thread.
 *
 * <p>A transfer moves exactly one record in variable mode, whole records in fixed mode. The buffer's position advances by
 * what was transferred. Whatever ends in an error leaves the tape where {@link #position()} then says; after a reset, or
 * when the position is lost, every operation but {@link #rewind}, {@link #locate}, {@link #spaceToEndOfData},
 * {@link #load} and {@link #unload} fails with {@code POSITION_UNKNOWN}. Source: the kernel's
 * Documentation/scsi/st.rst, SSC-3.
 */
@ConsumerType
public interface TapeChannel extends IoChannel {
    /** What {@link #read} returns at a file mark; the tape then stands behind it. No record is empty. */
    int FILE_MARK = 0;

    /** What {@link #read} returns at the end of data. */
    int END_OF_DATA = -1;

    /**
     * Reads the next record.
     *
     * @return its length; {@link #FILE_MARK} or {@link #END_OF_DATA}
     * @throws StorageException {@code RECORD_TOO_LONG} when the record does not fit: nothing of it is valid, and the tape
     *     stands behind it (space back one record to read it with a larger buffer); {@code IO_ERROR},
     *     {@code POSITION_UNKNOWN}, {@code NOT_READY}
     */
    int read(ByteBuffer target) throws StorageException;

    /**
     * Writes what remains in the buffer as one record; what was on the tape behind it is gone.
     *
     * @return {@link WriteOutcome#EARLY_WARNING} when the record is written and the end of the medium is near: room for a
     *     trailer is left
     * @throws StorageException {@code END_OF_MEDIUM} when the record could not be written because the tape is full,
     *     {@code READ_ONLY} for a protected tape; an {@code IO_ERROR} may concern earlier records that the drive had
     *     buffered, those since the last {@link #flush()} or file mark
     */
    WriteOutcome write(ByteBuffer source) throws StorageException;

    /**
     * Writes file marks, at least one. Everything before them is on the medium when this returns.
     *
     * @return as {@link #write}
     */
    WriteOutcome writeFileMarks(int count) throws StorageException;

    /**
     * Moves over records, forwards, or backwards for a negative count. Stops behind a file mark it meets (before it, when
     * moving backwards).
     *
     * @return how many records were passed, less than asked when a file mark, the beginning or the end of data came first
     */
    long spaceRecords(long count) throws StorageException;

    /**
     * Moves over file marks, to behind the last of them; backwards, for a negative count, to before it.
     *
     * @return how many file marks were passed
     */
    long spaceFileMarks(long count) throws StorageException;

    /** Moves behind the last record, where more can be written. */
    void spaceToEndOfData() throws StorageException;

    /** Moves to a position noted earlier. */
    void locate(TapePosition position) throws StorageException;

    /** Moves to the beginning of the partition. */
    void rewind() throws StorageException;

    /** {@return where the tape stands} */
    TapePosition position() throws StorageException;

    /** {@return what state drive and medium are in} */
    TapeStatus status() throws StorageException;

    /** Erases from here to the end of the medium. */
    default void erase() throws StorageException {
        throw unsupported("erase");
    }

    /** Makes the medium in the drive ready. */
    default void load() throws StorageException {
        throw unsupported("load");
    }

    /** Rewinds and ejects, or at least takes the drive off line. */
    default void unload() throws StorageException {
        throw unsupported("unload");
    }

    private static StorageException unsupported(String operation) {
        return StorageException.of(
                        StorageException.Kind.UNSUPPORTED, operation, "this drive, or its driver, cannot " + operation)
                .build();
    }
}
