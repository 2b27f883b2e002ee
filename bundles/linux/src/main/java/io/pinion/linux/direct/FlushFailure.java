package io.pinion.linux.direct;

import io.pinion.linux.Errno;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;

/** What to say of a flush that failed. */
final class FlushFailure {
    private static final String EIO_REMEDY =
            "a write-back failed, and what was written since the last flush may be lost:"
                    + " the device reported an error (see the kernel's log), or something else wrote or mapped the file beside this"
                    + " volume ('Page cache invalidation failure on direct I/O' there). Mend the cause and reopen accepting the loss";
    private static final String REMEDY =
            "what was written since the last flush may be lost; mend the cause and reopen accepting the loss";

    private FlushFailure() {}

    /** Starts the exception for a {@code -errno} of fdatasync(2). */
    static StorageException.Builder of(long result) {
        return Errno.failure(Kind.FLUSH_FAILED, "flush", result, Errno.EIO.is(result) ? EIO_REMEDY : REMEDY);
    }
}
