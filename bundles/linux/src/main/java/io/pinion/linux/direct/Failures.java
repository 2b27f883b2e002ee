package io.pinion.linux.direct;

import io.pinion.linux.Errno;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;

/**
 * What a channel says of operations that failed.
 *
 * @param target what the channel leads to
 * @param medium what the kernel's errors mean there
 */
record Failures(Target target, DirectMedium medium) {
    /** {@return the failure of an operation that came after {@code close}} */
    StorageException closed(String operation) {
        return located(StorageException.of(Kind.CLOSED, operation, "the channel is closed")
                .build());
    }

    /** {@return the result, unless it is {@code -errno}: that is thrown} */
    long check(String operation, long result) throws StorageException {
        if (result < 0) {
            throw located(Errno.failure(operation, result).build());
        }
        return result;
    }

    /** {@return the failure with target and strategy, where it was thrown knowing neither} */
    StorageException located(StorageException e) {
        return e.in(target, medium.strategy());
    }

    /** {@return the failure with target and progress, where it was thrown knowing neither} */
    StorageException located(StorageException e, long done) {
        return e.target().isEmpty() ? located(e.afterTransferring(done)) : e;
    }

    /** {@return the failure of a transfer of {@code length} bytes, of which so many were done} */
    StorageException transfer(String operation, long result, long position, long length, long done) {
        return located(medium.failure(operation, result)
                .range(position, length)
                .transferred(done)
                .build());
    }
}
