package io.pinion.strategy;

import java.nio.channels.FileChannel;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The service that tells the kernel how a file will be read (posix_fadvise(2)). The operating system's bundle supplies
 * it; where it is absent, a driver goes on without advice and says so.
 */
@ProviderType
public interface PageCacheAdvice {
    /** What the kernel is told. */
    enum Pattern {
        /** Nothing in particular: the kernel's default read-ahead. */
        NORMAL,
        /** From lower to higher offsets: more read-ahead. */
        SEQUENTIAL,
        /** In random order: no read-ahead. */
        RANDOM
    }

    /**
     * Advises on the open file behind this very channel. The channel's own position is restored.
     *
     * @throws StorageException when the kernel refuses
     */
    void advise(FileChannel channel, Pattern pattern) throws StorageException;
}
