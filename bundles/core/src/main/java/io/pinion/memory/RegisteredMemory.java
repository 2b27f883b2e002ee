package io.pinion.memory;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The service that counts what Pinion's rings have registered with the kernel (io_uring_register(2)), whoever pins memory.
 * Safe for any thread.
 */
@ProviderType
public interface RegisteredMemory {
    /**
     * {@return how many bytes are registered now, as the kernel charges them: whole pages; before Linux 6.13 for each ring
     * again} No call.
     */
    long registeredBytes();
}
