package io.pinion.strategy;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An open way to a target. Its life: {@link IoStrategy#open} → {@link #begin} once → operations, on any number of threads
 * → {@link #close} once. Core alone holds it: what an application holds is a volume, which outlives it.
 *
 * <p>Core guarantees: no operation before {@code begin} has returned; no two channels of one volume between {@code begin}
 * and their last operation; no operation in flight when {@code close} is called, except after a deadline has passed
 * (then the channel is abandoned: operations that still run may fail, but must not touch freed memory or descriptors).
 */
@ConsumerType
public interface IoChannel extends AutoCloseable {
    /** {@return how the target wants to be used by this channel} Constant; callable from {@code open} on. */
    Geometry geometry();

    /**
     * {@return the identity of what is really open, from the descriptor} Core compares it with the claim's and the
     * examination's. Empty: it is what {@link Target#path()} led to by construction.
     */
    default Optional<String> identity() {
        return Optional.empty();
    }

    /** {@return how the bytes really move, as of now} Callable from {@code open} on, on any thread, without I/O. */
    default ChannelMode mode() {
        return ChannelMode.of("plain");
    }

    /**
     * Takes the target over: behind the closed gate, after the predecessor's last flush and before the first operation.
     * What the channel wants to remember of the target (length, position) it reads now. Short: callers wait meanwhile, up to
     * {@code drain.timeout}, at a drive up to its driver's time limit for a command. Writes nothing, except the driver's own format to a target that was just created
     * ({@link Handover#createdSize()}).
     *
     * @throws StorageException when it cannot take over: nothing has changed then, the predecessor goes on, and this
     *     channel is closed
     */
    default void begin(Handover handover) throws StorageException {}

    /**
     * Prepares to be succeeded: behind the closed gate, after the last flush. Gives up what it read ahead, and adds what a
     * successor must know (settings to restore in the end); core has added where a tape stands, and keeps its block size. Goes on
     * serving if the successor fails: whatever it is called for then tells it, a tape's channel for its position at least.
     *
     * <p>A channel that nobody is to follow is closed without this. One that has begun and is refused all the same is asked for
     * it, because its predecessor goes on.
     *
     * @return the handover, with what this channel adds
     */
    default Handover end(Handover handover) throws StorageException {
        return handover;
    }

    /**
     * Puts every write that completed before this call on stable storage, and leaves nothing in user space. Writes in
     * flight meanwhile may or may not be covered. Called while transfers run, by one thread at a time: the kernel tells
     * each descriptor once that a write-back failed (fsync(2)), and a flush beside the one that is told would succeed. A
     * driver whose {@link ChannelQueue} flushes by the same descriptor has them take turns, as it says there.
     *
     * @throws StorageException of kind {@code FLUSH_FAILED}, with the errno, for every failure: data may be lost. Core
     *     takes any other kind for the same, and makes it the volume's, for good; what it means for a tape drive
     *     {@link TapeChannel} says
     */
    void flush() throws StorageException;

    /**
     * {@return an extra such as {@link Discard} or {@link Zones}; empty when the channel has none of it} Valid as long as
     * the channel; core lets nobody use it outside the gate. Core asks the channel alone: one whose offsets are the
     * target's own passes the claim's extras on, {@code target.claim().flatMap(claim -> claim.adapt(extra))}.
     *
     * @param extra an interface
     */
    default <T> Optional<T> adapt(Class<T> extra) {
        return Optional.empty();
    }

    /**
     * Gives back what the channel holds. Does not flush: core has. Of a channel that never began, or whose {@code begin}
     * threw, it writes nothing.
     */
    @Override
    void close();
}
