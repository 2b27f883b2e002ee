package io.pinion.strategy;

import io.pinion.memory.BufferLease;
import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A driver's own asynchronous queue, alive no longer than its channel. Core wraps it into the application's queue, which
 * survives swaps, and sees to it that at most {@link #depth()} operations are pending, that arguments are checked, and
 * that buffers stay reachable until their completion has been delivered.
 *
 * <p>Threads: unless {@link #isOwnerBound()}, any thread may call, one at a time (core serializes). An owner-bound queue
 * is called by the thread that opened it alone, for life, a platform thread; only {@link #isQuiet()} may come from any
 * thread at any time, and {@link #close()} from another thread: with nothing pending, when its strategy serves no more, while
 * the owner is in none of its methods; or once the owner has ended. A queue on which something is pending when its channel
 * is abandoned is closed at its owner's next call, or end.
 *
 * <p>When a method but {@link #close()} and {@link #isQuiet()} throws, the queue is broken: it delivers nothing more. Core
 * closes it, fails what is pending, and opens another with the owner's next operation. If the broken one {@link #isQuiet()}
 * once it is closed, the application has its buffers back with the failures; else these say that
 * {@linkplain StorageException#isBufferKept() the buffer is kept}, and core keeps buffers and leases until it is.
 *
 * <p>Nothing here allocates per operation. Positions and limits of buffers stay as they are.
 */
@ConsumerType
public interface ChannelQueue extends AutoCloseable {
    /** {@return how many operations may be pending: handed in and not yet delivered} */
    int depth();

    /** {@return whether only the thread that opened the queue may call it (a ring with IORING_SETUP_SINGLE_ISSUER)} */
    default boolean isOwnerBound() {
        return false;
    }

    /**
     * Prepares a read of {@code length} bytes at {@code position} into {@code buffer}, from index {@code index} on.
     *
     * @param token comes back with the completion
     */
    void read(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags);

    /** Prepares a write of {@code length} bytes of {@code buffer}, from index {@code index} on, at {@code position}. */
    void write(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags);

    /**
     * Prepares a read into a lease's buffer, which core holds until the completion has been delivered; otherwise as the
     * other read. A driver that registers memory with the kernel finds it by {@link BufferLease#arena()}.
     */
    default void read(BufferLease lease, int index, int length, long position, long token, TransferFlags flags) {
        read(lease.buffer(), index, length, position, token, flags);
    }

    /** Prepares a write from a lease's buffer; otherwise as the read into one. */
    default void write(BufferLease lease, int index, int length, long position, long token, TransferFlags flags) {
        write(lease.buffer(), index, length, position, token, flags);
    }

    /**
     * Prepares a flush. It covers every write that was prepared here before it, and every write of the channel whose
     * completion was delivered before it is submitted. It is delivered after all of those, so that nobody takes for durable
     * what failed. The kernel tells each descriptor once that a write-back failed (fsync(2)): flushes of one descriptor, of
     * whichever queue or of the channel, run one after another. Of those behind the first that failed core believes none.
     */
    void flush(long token);

    /**
     * Hands over what was prepared, and waits until {@code minimum} completions can be delivered, or nothing is pending,
     * or the time is over; if the system allows it, all in one call.
     *
     * @param minimum 0 to return at once
     * @param timeoutNanos how long to wait at most, not at all when not positive; an interrupt of the caller may end the wait sooner and stays pending
     * @return how many completions can be delivered
     * @throws StorageException when the queue itself is broken; single operations fail by their completion
     */
    int submit(int minimum, long timeoutNanos) throws StorageException;

    /**
     * Delivers what has completed, each operation exactly once; a {@link #flush} after its writes, all else in any
     * order. Does not wait.
     *
     * @return how many were delivered
     * @throws StorageException when the queue itself is broken
     */
    int poll(CompletionSink sink) throws StorageException;

    /**
     * Asks that a read or write that is pending end soon, submitted or not; core calls {@link #submit} next. It is delivered
     * all the same, once: with {@code CANCELLED} if it had not begun or could be stopped (of a write some may be there then,
     * which the error's {@code transferred} tells as far as it is known), else as if nothing had been asked. A driver that
     * can't does nothing. May come more than once for an operation; a flush goes on.
     *
     * @param token of one that is pending; core's tokens are unique. Of any other nothing happens, now or later
     */
    default void cancel(long token) {}

    /** {@return how many operations were handed in and are not yet delivered} */
    int pending();

    /**
     * {@return whether the kernel, and every thread of the driver, is done with all buffers of this queue} Never true too
     * early, also after {@link #close()}: core keeps buffers and leases until it is.
     */
    boolean isQuiet();

    /**
     * Gives the queue back; delivers nothing more. Core calls it with nothing pending, or when the queue is broken, its owner
     * has ended, or the application has closed its own. What was submitted is to go on then, as far as the driver can see to it,
     * because it may be somebody's last write; it may wait for that, for a second at most. What was prepared alone is dropped.
     * The driver keeps memory and descriptors until the kernel has completed what is in flight.
     */
    @Override
    void close();
}
