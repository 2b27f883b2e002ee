package io.pinion.strategy;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * The service that knows what a {@code path} target is, and claims it. The operating system's bundle supplies it; core
 * asks it before any strategy opens, so that no way around the safety checks exists, and keeps the register of what this
 * process has claimed. Without one, core guards regular files by itself and opens no device for writing.
 *
 * <p>Safe for any thread.
 */
@ConsumerType
public interface TargetGuard {
    /**
     * Tells what the target is. Changes nothing and holds nothing.
     *
     * @return the inspection; of a missing target one of kind {@link TargetInspection.Kind#MISSING}
     * @throws StorageException when even that can't be told: {@code ACCESS_DENIED}, {@code IO_ERROR}
     */
    TargetInspection inspect(Target target) throws StorageException;

    /**
     * Claims the target by an open-file-description lock (fcntl(2), F_OFD_SETLK), shared for {@link Access#READ_ONLY}; a block device
     * by O_EXCL besides, which is passed over where the request {@linkplain ClaimRequest#isForced() is forced}. The name is resolved
     * by each claim anew.
     *
     * <p>A file that is missing and to be created has its bytes allocated, and its directory flushed, before this returns.
     *
     * @throws StorageException {@code NOT_FOUND}, {@code WRONG_TYPE}, {@code ACCESS_DENIED}, {@code READ_ONLY},
     *     {@code IN_USE} (by whom, as far as the system tells), {@code NO_SPACE}; nothing is held and no file left behind
     */
    Claim claim(Target target, ClaimRequest request) throws StorageException;
}
