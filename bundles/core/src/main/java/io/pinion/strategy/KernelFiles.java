package io.pinion.strategy;

import java.nio.file.Path;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The service that opens files by the kernel's own calls, for what Java lacks: transfers that leave nothing in the page
 * cache, and queues on io_uring(7). The operating system's bundle supplies it; where it is absent, a driver goes on
 * without and says so. What it opened works on when the service has left, until it is closed. Safe for any thread.
 */
@ProviderType
public interface KernelFiles {
    /**
     * Opens a file, which is neither created nor changed.
     *
     * @param path as {@link Target#path()} gives it
     * @throws StorageException why it can't be opened; then nothing is held
     */
    KernelFile open(Path path, Access access) throws StorageException;
}
