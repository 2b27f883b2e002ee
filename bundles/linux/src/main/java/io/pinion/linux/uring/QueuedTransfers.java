package io.pinion.linux.uring;

import io.pinion.linux.Errno;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;

/**
 * What a {@link RingQueue} asks its driver. {@link #admit} is called by whoever prepares an operation, {@link #leave} by any
 * thread; neither waits.
 */
public interface QueuedTransfers {
    /** The operation is done by the channel itself, on a thread of the queue: it needs a copy, or a wait. */
    int ASIDE = -1;

    /** The operation goes on the ring, and nothing is to be given back after it. */
    int FREELY = -2;

    /**
     * Decides whether an operation can go on the ring as it is. The buffer is direct, and something is to be transferred.
     *
     * @param slot the operation's number in the queue, less than its depth, which no other has meanwhile. Of the one that had
     *     it before another thread may be in {@link #leave} still
     * @return {@link #ASIDE}, {@link #FREELY}, or what to give to {@link #leave} once the kernel is done with it, not negative
     */
    int admit(int slot, boolean writing, ByteBuffer buffer, int index, int length, long position, TransferFlags flags);

    /**
     * {@return RWF_… of preadv2(2) that an operation which was admitted goes on the ring with} What the kernel refuses with
     * EOPNOTSUPP is done by the channel.
     */
    default int rwFlags(boolean writing, int length, long position, TransferFlags flags) {
        return 0;
    }

    /**
     * Told of each write that is over on the ring, before it is delivered.
     *
     * @param result how many bytes were written, or {@code -errno}; what is then missing the channel writes
     * @param rwFlags what {@link #rwFlags} gave for it
     */
    default void written(long position, int result, int rwFlags) {}

    /** A flush of the queue is about to go on the ring, once more where it was interrupted. */
    default void flushing() {}

    /** A flush of the queue has succeeded, and is about to be delivered. */
    default void flushed() {}

    /** Takes back what {@link #admit} gave for an operation that is over. */
    void leave(int admission);

    /** Told of each operation of a lease that goes on the ring without its memory being registered there. */
    default void unregistered() {}

    /**
     * {@return what to say of a transfer that failed on the ring}
     *
     * @param result {@code -errno}
     */
    default StorageException failure(String operation, int result, long position, int length) {
        return Errno.failure(operation, result).range(position, length).build();
    }

    /** {@return the channel, whose own transfers do what can't go on the ring, or was not done there to the end} */
    PositionalChannel channel();
}
