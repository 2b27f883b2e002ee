package io.pinion.strategy;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * An extra: learns that a device has grown under the volume. Core uses it, too, when {@link Claim#presence} tells of a new
 * size; a device that shrank makes the volume fail.
 */
@ConsumerType
public interface Resize {
    /** {@return the size in bytes that the device has now} The channel's own size is the same when this returns. */
    long rescan() throws StorageException;
}
