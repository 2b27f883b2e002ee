package io.pinion.strategy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A file that {@link KernelFiles} has opened through the page cache. Buffers are direct, and the callee's from call to
 * return; their position advances by what was transferred, also when that ends in an error. Failures name neither target
 * nor strategy: that is the driver's. Safe for any thread; an interrupt has no effect.
 */
@ProviderType
public interface KernelFile extends AutoCloseable {
    /**
     * {@return why no transfer of this file can be uncached, as was tried when it was opened; empty where one can} A single
     * transfer may be refused all the same.
     */
    String uncachedRefusal();

    /**
     * Reads until the buffer is full or the end is reached, and leaves no page in the page cache that was not there before
     * ({@code RWF_DONTCACHE}, preadv2(2)).
     *
     * @return as {@link PositionalChannel#read}
     * @throws StorageException {@code UNSUPPORTED} where that can't be: the driver goes on as it can; {@code CLOSED},
     *     {@code IO_ERROR} …
     */
    int readUncached(ByteBuffer target, long position) throws StorageException;

    /**
     * Writes all that remains in the buffer, and has the kernel write it back at once and then forget it
     * ({@code RWF_DONTCACHE}, pwritev2(2)), or after {@link #flushing} at the latest. Durable it is after a flush, as any other
     * write.
     *
     * @return how many bytes were written: all that remained
     * @throws StorageException as {@link #readUncached}, or {@code NO_SPACE}
     */
    int writeUncached(ByteBuffer source, long position) throws StorageException;

    /**
     * Called ahead of a flush, by whichever descriptor of the file. {@return what to run once that has succeeded} It has the
     * kernel forget what was written uncached and was over by now: of blocks that were written before it may keep the pages
     * (Linux 6.18, where the disk's interrupt finds a folio in use). Who runs it does not wait for that, which takes 3 to 51 ms
     * for each GiB that others have cached: callers may be waiting at a closed gate. A queue does so by itself.
     *
     * @param all of the whole file, as nothing of it is to be cached; else of the range that was written, where that takes
     *     little else away
     */
    Runnable flushing(boolean all);

    /**
     * {@return whether nothing is lost when the file is closed: no queue of it is left, no transfer runs, and all that was
     * written uncached is forgotten}
     */
    boolean isIdle();

    /**
     * Opens a queue on a ring of the kernel, as {@link PositionalChannel#openQueue} is to give one. It has descriptors of its
     * own, and outlives this file; only what it writes uncached is not forgotten any more then.
     *
     * @param channel whose own transfers do what can't go on the ring, or was not done there to the end
     * @param uncached whether an operation with these flags is to go uncached; asked by the thread that prepares it. What the
     *     kernel refuses then is done by the channel
     * @param all whether after a flush of the queue all of the file is to be forgotten; asked at each
     * @throws StorageException why there is none: {@code UNSUPPORTED}, {@code ACCESS_DENIED}, {@code MEMORY_LIMIT} …
     */
    ChannelQueue openQueue(int depth, PositionalChannel channel, Predicate<TransferFlags> uncached, BooleanSupplier all)
            throws StorageException;

    /** {@return what the operator should know of the queues} */
    List<String> notes();

    /**
     * Closes it; the last transfer that runs gives the descriptor back. Waits for a second at most for what is being
     * forgotten, as the process may be about to end; what takes longer goes on. To close twice is harmless.
     */
    @Override
    void close();
}
