package io.pinion.memory;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The memory that leases are cut from. Its addresses stay mapped as long as the process lives; what is behind them is given
 * back to the kernel when no lease is left and nobody holds it. Safe for any thread.
 *
 * <p>Who registers it with the kernel (io_uring_register(2)) holds it meanwhile, looks at each of its calls whether it
 * {@link #isRetiring}, and then unregisters and releases it: the kernel would go on with pages that are no longer there.
 */
@ProviderType
public interface Arena {
    /** {@return where it begins; a multiple of 2 MiB} */
    long address();

    /** {@return how long it is in bytes; a multiple of 2 MiB} */
    long length();

    /** Keeps what is behind the addresses until a matching {@link #release()}. {@return false when it is retiring} */
    boolean hold();

    /** Ends one {@link #hold()}. */
    void release();

    /** {@return whether it waits for those who hold it to release it} A volatile read. */
    boolean isRetiring();
}
