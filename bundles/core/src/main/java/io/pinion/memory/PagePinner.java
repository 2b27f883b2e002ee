package io.pinion.memory;

import io.pinion.strategy.StorageException;
import java.nio.ByteBuffer;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The service that keeps pages of this process in memory: the user-space counterpart of {@code get_user_pages}. Always
 * for the calling process; there is no forcing. Third parties may supply another one; the highest ranking is used.
 *
 * <p>Pins nest: a page stays pinned until every pin that covers it is closed. Pinning keeps pages resident; it does not
 * make a transfer cheaper by itself, and gives no address for DMA. Safe for any thread.
 */
@ConsumerType
public interface PagePinner {
    /** For what pages are pinned. */
    enum Access {
        /** The device will read them: a write to storage. */
        READ,
        /** The device will write them: a read from storage. They are made writable and private first. */
        WRITE
    }

    /**
     * Pins the pages under the region from the buffer's position to its limit, whole pages, faulted in.
     *
     * @param region a direct buffer with something remaining; its position and limit stay. The pin keeps it reachable
     * @throws StorageException {@code MEMORY_LIMIT} when the budget or RLIMIT_MEMLOCK does not allow it: the message has
     *     requested, in use, limit, and the setting that raises it, and less may be allowed; {@code ACCESS_DENIED} when
     *     no pin is permitted; {@code NO_RESOURCES} when memory or mappings are scarce; {@code INVALID_ARGUMENT} for a heap
     *     buffer or an empty region; {@code UNSUPPORTED}. Nothing is pinned then
     */
    Pin pin(ByteBuffer region, Access access) throws StorageException;

    /**
     * Pins as above, and says what for: shown to the operator behind the name of the bundle that asks, which the service
     * finds out by itself.
     *
     * @param purpose in words, such as "bounce memory of /var/lib/ledger"
     * @throws StorageException as above
     */
    default Pin pin(ByteBuffer region, Access access, String purpose) throws StorageException {
        return pin(region, access);
    }

    /** {@return the open pins, oldest first; none where the service keeps no list} */
    default List<PinStatus> pins() {
        return List.of();
    }

    /** {@return how much is pinned and may be, beside what the kernel counts} A diagnosis: it may read /proc. */
    default PinTotals totals() {
        return PinTotals.builder(pinnedBytes(), limitBytes()).build();
    }

    /** {@return how many bytes of pages are pinned by this service now, each page counted once} */
    long pinnedBytes();

    /** {@return how many bytes may be pinned in all; {@link Long#MAX_VALUE} where there is no limit} */
    long limitBytes();
}
