package io.pinion.volume;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Bytes at offsets on a target that an operator configured. Registered as a service with {@code pinion.volume=NAME}. How
 * the bytes move is a strategy's affair and may change at any moment: callers notice a pause, nothing else.
 *
 * <p><b>Threads.</b> Any number of threads may call; a transfer runs on its caller's. Transfers in flight together have
 * no order. An interrupt harms no other thread: the interrupted transfer completes, or, while it waits for a swap or a
 * strategy, ends with {@code INTERRUPTED}; the interrupt flag stays set either way.
 *
 * <p><b>Buffers.</b> Every buffer is accepted, direct or not, aligned or not; what the target would rather have is in
 * {@link #geometry()}. A buffer is Pinion's from call to return. Its position advances by what was transferred, also
 * when the transfer fails. Offsets and lengths are bytes. A transfer doesn't know whether a buffer is on lease: where
 * another thread may close the lease meanwhile, the caller holds it ({@link io.pinion.memory.BufferLease#hold()}); a queue does
 * so by itself.
 *
 * <p><b>Durability.</b> {@link #flush()} covers every write that had returned, or whose completion had been delivered,
 * before it was called, on any thread and queue. Nothing else is durable, except a write with
 * {@link TransferFlags#DURABLE}.
 *
 * <p><b>Errors.</b> All are {@link StorageException}. {@code INVALID_ARGUMENT}: negative or overflowing offset, a read-only
 * buffer to read into; {@code READ_ONLY}; {@code UNSUPPORTED}: a flag that can't be honoured; {@code UNAVAILABLE}: no
 * strategy has served the volume for longer than its {@code grace}, or its device has been gone for so long;
 * {@code REMOVED}: the device was pulled out while the operation was in flight; {@code FLUSH_FAILED}: a flush failed, now or
 * earlier, and stays so until an operator reopens the volume accepting the loss; {@code CLOSED}; {@code INTERRUPTED};
 * {@code IO_ERROR}, {@code NO_SPACE} and others from below.
 */
@ProviderType
public interface Volume {
    /** {@return the name that the operator gave it} */
    String name();

    /** {@return what it may be used for} */
    Access access();

    /**
     * {@return how the target wants to be used at present} Advice that a swap may change.
     *
     * @throws StorageException as a transfer, when the volume is not open
     */
    Geometry geometry() throws StorageException;

    /** {@return what the present strategy can do beyond plain transfers} A swap never takes away what has been used. */
    Set<Capability> capabilities() throws StorageException;

    /**
     * Reads from {@code position} until the buffer is full or the end is reached.
     *
     * @return how many bytes were read: less than remaining only at the end; -1 at or past it; 0 for a full buffer
     */
    default int read(ByteBuffer target, long position) throws StorageException {
        return read(target, position, TransferFlags.NONE);
    }

    /** Reads as {@link #read(ByteBuffer, long)}, with wishes. */
    int read(ByteBuffer target, long position, TransferFlags flags) throws StorageException;

    /** Reads into several buffers in turn. Returns the bytes read in all; -1 at or past the end. */
    long read(ByteBuffer[] targets, long position, TransferFlags flags) throws StorageException;

    /**
     * Writes all that remains in the buffer at {@code position}, past the end too.
     *
     * @return how many bytes were written: all that remained
     */
    default int write(ByteBuffer source, long position) throws StorageException {
        return write(source, position, TransferFlags.NONE);
    }

    /** Writes as {@link #write(ByteBuffer, long)}, with wishes. */
    int write(ByteBuffer source, long position, TransferFlags flags) throws StorageException;

    /** Writes several buffers in turn. Returns the bytes written in all. */
    long write(ByteBuffer[] sources, long position, TransferFlags flags) throws StorageException;

    /** {@return the length in bytes, exact} */
    long size() throws StorageException;

    /**
     * Makes the target so long; what is added reads as zeroes.
     *
     * @throws StorageException {@code UNSUPPORTED} for a target of fixed length
     */
    void setSize(long size) throws StorageException;

    /** Puts what was written on stable storage; see above for what is covered. */
    void flush() throws StorageException;

    /**
     * Opens a queue for asynchronous transfers, owned by the calling thread; it survives swaps.
     *
     * @param depth how many operations it holds at once, 1 to 4096
     */
    IoQueue openQueue(int depth) throws StorageException;

    /**
     * Uses what a driver offers beyond transfers, such as {@link io.pinion.strategy.Discard}. No swap happens while
     * {@code use} runs, and the extra is not valid afterwards. {@code use} must not call this volume.
     *
     * @return what {@code use} returned
     * @throws StorageException {@code UNSUPPORTED} when the present strategy has no such extra; or what {@code use} threw
     */
    <T, R> R with(Class<T> extra, ExtraUse<? super T, ? extends R> use) throws StorageException;

    /**
     * Reads on a thread of Pinion's: a convenience for code that composes stages. For many operations at once
     * {@link #openQueue} costs far less.
     *
     * @return completes as {@link #read(ByteBuffer, long)} returns or throws; the buffer is Pinion's until then.
     *     Cancelling does not stop the transfer
     */
    CompletionStage<Integer> readAsync(ByteBuffer target, long position);

    /** Writes on a thread of Pinion's; as {@link #readAsync}. */
    CompletionStage<Integer> writeAsync(ByteBuffer source, long position);

    /** Flushes on a thread of Pinion's; covers what had returned or completed before this call. */
    CompletionStage<Void> flushAsync();
}
