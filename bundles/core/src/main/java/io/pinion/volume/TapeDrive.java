package io.pinion.volume;

import io.pinion.strategy.Geometry;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeStatus;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Records and file marks in sequence, on a drive that an operator configured. Registered as a service with
 * {@code pinion.tape=NAME}. The contracts of the single methods are {@link TapeChannel}'s.
 *
 * <p>The tape has one position, so one call runs at a time; others wait. A thread that writes a sequence of records keeps
 * others out by its own means. Errors, buffers and interrupts as for {@link Volume}: an interrupt ends the wait for the
 * drive, but no operation that has begun, which may take minutes, or hours to erase.
 */
@ProviderType
public interface TapeDrive {
    /** {@return the name that the operator gave it} */
    String name();

    /** {@return how the drive wants to be used, with its largest record} */
    Geometry geometry() throws StorageException;

    /** Reads a record; see {@link TapeChannel#read}. */
    void read(ByteBuffer target, TapeResult result) throws StorageException;

    /** Writes a record; see {@link TapeChannel#write}. */
    void write(ByteBuffer source, TapeResult result) throws StorageException;

    /** Writes file marks; see {@link TapeChannel#writeFileMarks}. */
    void writeFileMarks(int count, TapeResult result) throws StorageException;

    /** Moves over records; see {@link TapeChannel#spaceRecords}. */
    void spaceRecords(long count, TapeResult result) throws StorageException;

    /** Moves over file marks; see {@link TapeChannel#spaceFileMarks}. */
    void spaceFileMarks(long count, TapeResult result) throws StorageException;

    /** Moves behind the last record; see {@link TapeChannel#spaceToEndOfData}. */
    void spaceToEndOfData() throws StorageException;

    /** Moves to a position noted earlier; see {@link TapeChannel#locate}. */
    void locate(TapePosition position) throws StorageException;

    /** Moves to the beginning of the partition; see {@link TapeChannel#rewind}. */
    void rewind() throws StorageException;

    /** {@return where the tape stands} */
    TapePosition position() throws StorageException;

    /** {@return what state drive and medium are in} */
    TapeStatus status() throws StorageException;

    /** Puts what was written on the medium, without a file mark. */
    void flush() throws StorageException;

    /** Switches between fixed and variable mode; see {@link TapeChannel#setBlockSize}. */
    void setBlockSize(int bytes) throws StorageException;

    /** Erases from here on; see {@link TapeChannel#erase}. */
    void erase() throws StorageException;

    /** Makes the medium ready; see {@link TapeChannel#load}. */
    void load() throws StorageException;

    /** Takes the drive off line; see {@link TapeChannel#unload}. */
    void unload() throws StorageException;

    /** Uses what the driver offers beyond; as {@link Volume#with}. */
    <T, R> R with(Class<T> extra, ExtraUse<? super T, ? extends R> use) throws StorageException;
}
