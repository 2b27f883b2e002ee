package io.pinion.strategy;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A channel to bytes at offsets: a file, a block device. It behaves at, across and past the end as
 * {@link java.nio.channels.FileChannel} does, and accepts every offset, length and buffer, copying where its
 * {@link #geometry()} is not met (and reporting it to the {@link TransferMeter}).
 *
 * <p>Transfers are called by many threads at once, the application's own: they hop no thread, and a driver may take as
 * long as the device does. Core has checked the arguments: position ≥ 0, position + remaining does not overflow, a buffer
 * to read into is writable, access allows writing, flags are within the declared capabilities (DURABLE and ATOMIC on
 * writes alone, ATOMIC as {@link Geometry#allowsAtomicWrite} it), {@link #setSize} only with {@link Capability#SET_SIZE}. Without that capability a write at or across the end
 * writes up to the end and fails with {@code NO_SPACE}.
 *
 * <p>A transfer is complete or ends in an error: the driver continues short transfers, EINTR and EAGAIN itself. The
 * buffer's position advances by what was transferred, also when it ends in an error, whose
 * {@link StorageException#transferred()} says the same; its limit, order and mark stay. The buffer is the driver's from
 * call to return. An interrupt of the calling thread harms neither this transfer nor another thread's, and stays pending: a
 * {@link java.nio.channels.FileChannel} is closed for all threads by it, so who uses one opens {@link Target#path()} again and
 * repeats the transfer; {@link java.io.RandomAccessFile} is deaf to it.
 *
 * <p>Offsets and sizes are the application's: a header, padding or check sums of the driver's own are neither counted nor
 * seen. After a crash a write that no flush covers may be there, or not, or in part. What was flushed before is to be there,
 * also where the driver read, changed and wrote it again because its neighbour was written; a driver whose format cannot
 * promise that says so by {@link Examination.Builder#note}.
 */
@ConsumerType
public interface PositionalChannel extends IoChannel {
    /**
     * Reads from {@code position} until the buffer is full or the end is reached.
     *
     * @return how many bytes were read: less than remaining only at the end; -1 when {@code position} is at or past it and
     *     the buffer has room; 0 when it has none
     * @throws StorageException {@code IO_ERROR}, {@code REMOVED} …
     */
    int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException;

    /**
     * Writes all that remains in the buffer at {@code position}; past the end it extends the target, and what lies between
     * reads as zeroes. Concurrent writes of disjoint ranges never harm each other, however close.
     *
     * @return how many bytes were written: all that remained
     * @throws StorageException {@code NO_SPACE}, {@code IO_ERROR} …; what was written before is told by
     *     {@link StorageException#transferred()}
     */
    int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException;

    /**
     * Reads into several buffers in turn, as {@link #read(ByteBuffer, long, TransferFlags)} would into one.
     *
     * @return how many bytes were read in all; -1 at or past the end
     */
    default long read(ByteBuffer[] targets, long position, TransferFlags flags) throws StorageException {
        return Vectored.read(this, targets, position, flags);
    }

    /**
     * Writes several buffers in turn, as {@link #write(ByteBuffer, long, TransferFlags)} would one.
     *
     * @return how many bytes were written in all
     */
    default long write(ByteBuffer[] sources, long position, TransferFlags flags) throws StorageException {
        return Vectored.write(this, sources, position, flags);
    }

    /** {@return the length of the target in bytes, exact} */
    long size() throws StorageException;

    /**
     * Makes the target so long: what is cut off is gone, what is added reads as zeroes.
     *
     * @throws StorageException {@code UNSUPPORTED} where the length is fixed, {@code NO_SPACE}
     */
    void setSize(long size) throws StorageException;

    /**
     * Opens an asynchronous queue of the driver's own.
     *
     * <p>Called after {@link #begin}, by the thread that will own the queue (a platform thread), any number of times; only
     * where {@link Capability#NATIVE_QUEUE} is declared. When it has been opened, core looks
     * whether its device is still there, as after {@link IoStrategy#open}, and, if the volume can be written, flushes the
     * channel: what failed before, the queue's own descriptors may not tell of (fsync(2)). Core closes the queues of a
     * channel before the channel; only one that is not quiet then, of an abandoned channel, may be closed later.
     *
     * @param depth how many operations it must hold at once
     * @return the queue; empty when the driver has none, and core then builds one on threads
     * @throws StorageException when it can't be had now (a limit, a missing system call): core falls back to threads and
     *     keeps the reason for the operator
     */
    default Optional<ChannelQueue> openQueue(int depth) throws StorageException {
        return Optional.empty();
    }
}
