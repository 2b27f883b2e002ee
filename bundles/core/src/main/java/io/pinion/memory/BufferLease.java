package io.pinion.memory;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A buffer on lease. Closing gives it back, once nothing holds it: a queue holds it from the moment an operation is
 * handed in until its completion is delivered, so that closing early harms nobody.
 *
 * <p>A synchronous transfer has the buffer alone, and holds nothing. Closed during one, the memory may be on lease to somebody
 * else before the transfer ends, whose data a read then changes and a write takes. Where another thread may close the lease,
 * that of the transfer holds it for so long:
 *
 * <pre>{@code
 * lease.hold();
 * try {
 *     volume.read(lease.buffer(), position);
 * } finally {
 *     lease.release();
 * }
 * }</pre>
 */
@ProviderType
public interface BufferLease extends AutoCloseable {
    /**
     * {@return the buffer, always the same object, page-aligned} It must not be used after {@link #close()}, nor in a transfer
     * that is under way then, unless the lease is held.
     */
    ByteBuffer buffer();

    /** {@return where the buffer begins} Of a page; as constant as the buffer. */
    long address();

    /** {@return the memory that the buffer is cut from} */
    Arena arena();

    /**
     * Keeps the memory on lease, also when closed, until a matching {@link #release()}. Allocates nothing.
     *
     * @throws IllegalStateException when the lease is closed
     */
    void hold();

    /** Ends one {@link #hold()}. Any thread. */
    void release();

    /** Ends the lease; the memory goes back when nothing holds it any more. Further calls do nothing. */
    @Override
    void close();
}
