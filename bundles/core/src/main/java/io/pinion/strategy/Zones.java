package io.pinion.strategy;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** An extra: the zones of a zoned block device (linux/blkzoned.h), where writes go to a zone's write pointer. */
@ConsumerType
public interface Zones {
    /** {@return up to {@code limit} zones, from the one that holds {@code offset} on} */
    List<Zone> report(long offset, int limit) throws StorageException;

    /** Empties the zones that begin in the range. */
    void reset(long offset, long length) throws StorageException;

    /** Makes the zones that begin in the range full. */
    void finish(long offset, long length) throws StorageException;
}
