package io.pinion.volume;

import io.pinion.memory.BufferLease;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Asynchronous transfers of one thread: prepare some, {@link #submit} them in one go, {@link #poll} for what has completed.
 * It survives swaps: what is prepared while the volume is being swapped waits, and goes to the new strategy in the order
 * in which it came.
 *
 * <p><b>Threads.</b> A queue belongs to the thread that opened it: any other gets {@code WRONG_THREAD}, from every method
 * but {@link #close()}. The owner should submit or poll often; one that does neither for {@code drain.timeout} while
 * its operations are in flight makes a swap fail (the report names it), and one that has ended has its queue closed.
 *
 * <p><b>Buffers.</b> A buffer, or a lease, is Pinion's from the call that prepares the operation until its completion is
 * delivered; Pinion keeps it reachable (a lease: held) for so long. Of a driver's queue that breaks, operations fail
 * before kernel and driver are known to be done with their buffers: {@link StorageException#isBufferKept()} tells, and
 * such a buffer is never its caller's again. Position and limit are neither used nor changed. Arguments as for
 * {@link Volume}; an argument that can't be right fails the call at once, everything else the completion.
 *
 * <p><b>Durability.</b> A flush covers every write prepared on this queue before it, and every write of the volume whose
 * completion was delivered, or which had returned, before the flush was submitted; its completion is delivered behind those of the former, but for
 * durable writes, which are durable by themselves. Operations have no order otherwise.
 *
 * <p>Nothing here allocates per operation on the owner's thread.
 */
@ProviderType
public interface IoQueue extends AutoCloseable {
    /** {@return how many operations it holds at once: prepared, in flight, or completed and not delivered} */
    int depth();

    /** {@return how many it holds now} */
    int pending();

    /**
     * Prepares a read of {@code length} bytes at {@code position} into the buffer from {@code index} on.
     *
     * @param token comes back with the completion; need not be unique
     * @throws StorageException {@code QUEUE_FULL} when {@link #pending()} is {@link #depth()}: poll first;
     *     {@code INVALID_ARGUMENT}, {@code WRONG_THREAD}, {@code CLOSED}
     */
    void read(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags)
            throws StorageException;

    /** Prepares a read into a lease's buffer, and holds the lease meanwhile; otherwise as the other read. */
    void read(BufferLease lease, int index, int length, long position, long token, TransferFlags flags)
            throws StorageException;

    /** Prepares a write of {@code length} bytes of the buffer from {@code index} on; otherwise as a read. */
    void write(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags)
            throws StorageException;

    /** Prepares a write from a lease's buffer, and holds the lease meanwhile; otherwise as the other write. */
    void write(BufferLease lease, int index, int length, long position, long token, TransferFlags flags)
            throws StorageException;

    /** Prepares a flush. */
    void flush(long token) throws StorageException;

    /**
     * Hands over all that is prepared, and waits until at least {@code minimum} completions can be polled (fewer when fewer
     * are pending) or the time is over.
     *
     * <p>The first call of a queue, here or of {@link #poll}, may wait for a flush, if the volume has been written since the last.
     *
     * @param minimum 0 not to wait
     * @param timeoutNanos how long to wait at most
     * @return how many completions can be polled
     * @throws StorageException {@code INTERRUPTED} when the wait ends by an interrupt of the owner (the flag stays set,
     *     operations go on); {@code WRONG_THREAD}, {@code CLOSED}
     */
    int submit(int minimum, long timeoutNanos) throws StorageException;

    /**
     * Delivers what has completed, each operation once. Does not wait.
     *
     * @param sink called within; must not call this queue
     * @return how many were delivered
     */
    int poll(CompletionSink sink) throws StorageException;

    /**
     * Asks that reads and writes end soon. Each completes all the same, once: with {@code CANCELLED} where it had not begun or
     * could be stopped (some of a write may be written then), else as if nothing had been asked. What is not submitted yet
     * completes when it is. A flush is not cancelled.
     *
     * @param token of the operations
     * @return how many were asked to end
     * @throws StorageException {@code TIMEOUT} when the volume is being swapped and its driver keeps the queue for more than
     *     a second; {@code INTERRUPTED}, {@code WRONG_THREAD}, {@code CLOSED}
     */
    int cancel(long token) throws StorageException;

    /**
     * Closes the queue. What is prepared and not submitted is dropped, and so is what was submitted and waits for a swap to
     * end; what is in flight goes on as far as the driver can see to it, its buffers stay held until the kernel is done with
     * them, and nothing more is delivered: poll for the completions of what matters before. May wait for the driver, for
     * a second or so. Further calls do nothing. Any thread may call.
     */
    @Override
    void close();
}
