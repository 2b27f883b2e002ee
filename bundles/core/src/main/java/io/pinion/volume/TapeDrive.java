package io.pinion.volume;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeStatus;
import java.nio.ByteBuffer;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Records and file marks in sequence, on a drive that an operator configured. Registered as a service with
 * {@code pinion.tape=NAME}. The contracts of the single methods are {@link TapeChannel}'s; each fills its result, which need not
 * be cleared, also when it throws; a call that was refused before its turn leaves it cleared. For bytes
 * without a thought for records there are {@code TapeOutputStream} and {@code TapeInputStream}.
 *
 * <p>The tape has one position, so one call runs at a time; others wait. A thread that writes a sequence of records keeps
 * others out by its own means. Errors, buffers and interrupts as for {@link Volume}: an interrupt ends the wait for the
 * drive, but no operation that has begun, which may take minutes, or hours to erase.
 */
@ProviderType
public interface TapeDrive {
    /** {@return the name that the operator gave it} */
    String name();

    /** {@return what the operator allows} */
    Access access();

    /** {@return how the drive wants to be used, with its largest record} */
    Geometry geometry() throws StorageException;

    /** {@return what the drive can do, with whoever serves it now} */
    Set<Capability> capabilities() throws StorageException;

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

    /** Moves behind the last record or file mark; see {@link TapeChannel#spaceToEndOfData}. */
    void spaceToEndOfData(TapeResult result) throws StorageException;

    /** Moves to a position noted earlier; see {@link TapeChannel#locate}. */
    void locate(TapePosition position, TapeResult result) throws StorageException;

    /** Moves to the beginning of the partition; see {@link TapeChannel#rewind}. */
    void rewind(TapeResult result) throws StorageException;

    /** {@return where the tape stands} */
    TapePosition position() throws StorageException;

    /** {@return what state drive and medium are in} */
    TapeStatus status() throws StorageException;

    /** Puts what was written on the medium, without a file mark; see {@link TapeChannel}. */
    void flush() throws StorageException;

    /**
     * Switches between fixed and variable mode; see {@link TapeChannel#setBlockSize}. Until then the drive is in the mode that
     * is configured ({@code block.size}), else that it was left in by whoever used it last: {@link #status} tells it.
     */
    void setBlockSize(int bytes) throws StorageException;

    /** Chooses the density; see {@link TapeChannel#setDensity}. */
    void setDensity(int code) throws StorageException;

    /** Switches compression; see {@link TapeChannel#setCompression}. */
    void setCompression(boolean on) throws StorageException;

    /** Erases from here on; see {@link TapeChannel#erase}. */
    void erase(TapeResult result) throws StorageException;

    /** Makes the medium ready; see {@link TapeChannel#load}. */
    void load(TapeResult result) throws StorageException;

    /** Takes the drive off line; see {@link TapeChannel#unload}. */
    void unload(TapeResult result) throws StorageException;

    /** Uses what the driver offers beyond; as {@link Volume#with}. */
    <T, R> R with(Class<T> extra, ExtraUse<? super T, ? extends R> use) throws StorageException;
}
