package io.pinion.strategy;

import java.nio.ByteBuffer;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An extra: the zones of a zoned block device (linux/blkzoned.h), where writes go to a zone's write pointer. All figures in
 * bytes. Safe for any thread. What a zone holds while it is reset or finished beside an append to it is not defined.
 */
@ConsumerType
public interface Zones {
    /** {@return up to {@code limit} zones, from the one that holds {@code offset} on} */
    List<Zone> report(long offset, int limit) throws StorageException;

    /**
     * Empties the zones that make up the range.
     *
     * @param offset where a zone begins
     * @param length to the end of a zone
     */
    void reset(long offset, long length) throws StorageException;

    /** Makes the zones that make up the range full; otherwise as {@link #reset}. */
    void finish(long offset, long length) throws StorageException;

    /**
     * Writes all that remains in the buffer at a zone's write pointer. Appends to one zone take their turns; those to several run
     * at once. Linux offers user space no zone append of the device's own (REQ_OP_ZONE_APPEND) on a block device: this asks for the
     * write pointer and writes there, so that it counts on nobody else's writing the zone meanwhile, and the device refuses what
     * comes to another place than the pointer. Durable as a write is: after a flush.
     *
     * <p>A write that fails leaves the pointer where the device says: {@link StorageException#transferred()} tells how far behind
     * {@link StorageException#offset()} it has moved, and the next append goes on there. Where it stands can't always be told
     * afterwards; then transferred is what is known to be written, and a {@link #report} tells the rest.
     *
     * @param source its remaining length is a multiple of what the device wants ({@code zone_write_granularity}); its position
     *     advances by what was written. The caller's again when this returns
     * @param zone where the zone begins
     * @return the offset at which the bytes are
     * @throws StorageException {@code NO_SPACE} when the zone has no room for all of it: nothing is written then; {@code READ_ONLY},
     *     {@code UNSUPPORTED} for a zone without a write pointer; {@code IO_ERROR} …
     */
    long append(ByteBuffer source, long zone) throws StorageException;
}
