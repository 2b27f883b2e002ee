package io.pinion.memory;

import io.pinion.strategy.StorageException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The service that leases page-aligned direct buffers from long-lived memory: aligned to huge pages, faulted in once,
 * pinned within a budget, so that direct I/O pays its set-up once and not per transfer. Safe for any thread.
 */
@ProviderType
public interface BufferPool {
    /**
     * Leases a buffer. Does not wait: over budget it fails.
     *
     * @param size how many bytes at least; the buffer's capacity is exactly this
     * @throws StorageException {@code MEMORY_LIMIT} with requested, in use, limit and the setting that raises it;
     *     {@code INVALID_ARGUMENT} when {@code size} is not positive, or larger than any arena can be
     */
    BufferLease lease(int size) throws StorageException;

    /**
     * Leases a buffer, and waits for one when the pool is at its limit.
     *
     * @param size as above
     * @param timeoutNanos how long to wait at most; not at all when not positive
     * @throws StorageException as above, {@code MEMORY_LIMIT} at once for what even an empty pool has no room for;
     *     {@code TIMEOUT} when the time is over, with the same words; {@code INTERRUPTED} when the thread is interrupted
     *     while it waits, whose flag stays set
     */
    BufferLease lease(int size, long timeoutNanos) throws StorageException;

    /** {@return how many bytes are on lease now} */
    long leasedBytes();

    /** {@return how many bytes the pool may hold} */
    long limitBytes();

    /** {@return what the pool holds and how} Without I/O. */
    PoolStatus status();

    /** {@return what the pool holds and how, as sentences for the operator} Without I/O. */
    List<String> notes();
}
