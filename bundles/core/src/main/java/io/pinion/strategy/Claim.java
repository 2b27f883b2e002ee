package io.pinion.strategy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A volume's hold on its target: one descriptor, open from the volume's first moment to its last, close-on-exec. While
 * it is held nobody else (who asks) writes the same bytes, and no failed write-back goes unseen, because the descriptor
 * is older than the first write. Made by a {@link TargetGuard}, owned and closed by core; strategies borrow it through
 * {@link Target#claim()} and never close it.
 *
 * <p>All methods are safe for any thread, and an interrupt does not disturb them.
 */
@ConsumerType
public interface Claim extends AutoCloseable {
    /** {@return an opaque string, equal for the same bytes by whatever name: {@code file:dev:ino}, {@code blk:maj:min}} */
    String identity();

    /**
     * {@return the identities whose claims would touch the same bytes: its own, and of a device its partitions, holders
     * and the file behind a loop device} Two claims collide when either one's set has the other's identity.
     */
    Set<String> overlaps();

    /** {@return whether this claim created the target} */
    default boolean isCreated() {
        return false;
    }

    /**
     * {@return whether the target has only this one descriptor, as a tape drive} Channels then work on
     * {@link #descriptor()}, {@link #path()} must not be opened, and core calls neither {@link #flush()} nor
     * {@link #dropCache()}: the channel's flush is the flush.
     */
    default boolean isExclusive() {
        return false;
    }

    /** {@return what the claim allows} */
    Access access();

    /**
     * {@return whether others use the target besides, whom the claim does not keep out because it was
     * {@linkplain ClaimRequest#isForced() forced}} Not of one that was to be forced and had no need of it.
     */
    default boolean isForced() {
        return false;
    }

    /**
     * {@return sentences for the operator, as of the moment when the claim was made: where a symbolic name led, beside whom it
     * was forced} Fixed; never waits.
     */
    default List<String> notes() {
        return List.of();
    }

    /**
     * {@return whether what is claimed is still there, and how large it is now} What core goes by when an operation failed, a
     * read met an early end or a flush succeeded, and besides every few seconds: whatever error a driver got from a device
     * that was pulled out, the answer here makes it {@link StorageException.Kind#REMOVED}. So it is gone, too, when another
     * device has its number or its medium was changed, and once it is gone it stays so: what comes back is claimed anew.
     *
     * <p>For any thread until {@link #close}; never waits for the device, and changes nothing. Core asks on a thread of its
     * own, waits 5 s at most, and does not ask again before that call is back; it may close the claim meanwhile. A guard that can't tell leaves this as it is: then nothing is ever taken for removed. A file is never gone,
     * whatever becomes of its name, and its size is nobody's business here: of files it is unknown.
     */
    default Presence presence() {
        return Presence.unknown();
    }

    /**
     * {@return by what the device is known again when it was pulled out and is back; empty when it has nothing of the
     * sort} Text without a form of its own, equal for one device in whatever slot, and for no two that differ: a WWID or
     * serial number, which part of it (number, start, UUID of a partition), never a name, a number of this attachment or
     * the size, which core compares by {@link #presence}. Of a tape drive it is the drive's, whatever tape is in it.
     * The same from first to last, and the one of {@link TargetInspection#lastingIdentity()}, without a wait.
     */
    default String lastingIdentity() {
        return "";
    }

    /**
     * {@return what to open: the claimed object itself, whatever has happened to its name; on Linux
     * {@code /proc/self/fd/N}}
     */
    Path path();

    /**
     * {@return the descriptor itself, lent to drivers of exclusive targets (a tape drive) and for calls that must go
     * through the claim; empty where the platform has none} Valid until core closes the claim, which it does not do while a call of an
     * abandoned channel runs or a queue is not quiet; never to be closed by a borrower.
     */
    OptionalInt descriptor();

    /**
     * Writes every dirty page of the target to stable storage (fdatasync(2)), whoever wrote it.
     *
     * @throws StorageException of kind {@code FLUSH_FAILED} when a write-back failed since the claim was made and this
     *     descriptor had not reported it yet
     */
    void flush() throws StorageException;

    /**
     * Drops the target's clean pages from the page cache, and checks that none is left, so that what is read next is
     * what the device holds.
     *
     * @throws StorageException of kind {@code UNSUPPORTED} where that is not possible, {@code IO_ERROR} when pages
     *     remain (somebody maps or writes them)
     */
    void dropCache() throws StorageException;

    /**
     * {@return what the page cache has of the target now; empty where nobody can tell: the kernel is older than Linux 6.5, or
     * forbids to ask} Waits for nothing, but counts: 50 µs to 25 ms for each GiB that is cached, the latter where it is cached
     * page by page (measured on Linux 6.18).
     */
    default Optional<PageCacheUse> pageCache() {
        return Optional.empty();
    }

    /**
     * {@return an extra that must go through the claim: {@link Discard}, {@link WriteZeroes} and {@link Resize} get EBUSY
     * beside it} Valid as long as the claim.
     */
    default <T> Optional<T> adapt(Class<T> extra) {
        return Optional.empty();
    }

    /**
     * {@return why {@link #adapt} is empty for this extra, in words that follow a colon; empty when there is no more to say}
     * It names the device, and what it lacks.
     */
    default Optional<String> lacks(Class<?> extra) {
        return Optional.empty();
    }

    /**
     * Gives the target back; of an exclusive one in such a way that the drive writes nothing of its own (st(4) adds a file
     * mark unless the last operation was MTWEOF, if with count 0). Further calls do nothing.
     */
    @Override
    void close();
}
