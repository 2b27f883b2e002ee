package io.pinion.direct;

import io.pinion.linux.Errno;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;

/**
 * What a channel says of operations that failed.
 *
 * @param target what the channel leads to
 */
record Failures(Target target) {
    /** {@return the failure of an operation that came after {@code close}} */
    StorageException closed(String operation) {
        return StorageException.of(Kind.CLOSED, operation, "the channel is closed")
                .target(target)
                .strategy(DirectStrategy.NAME)
                .build();
    }

    /** {@return the result, unless it is {@code -errno}: that is thrown} */
    long check(String operation, long result) throws StorageException {
        if (result < 0) {
            throw Errno.failure(operation, result)
                    .target(target)
                    .strategy(DirectStrategy.NAME)
                    .build();
        }
        return result;
    }

    /** {@return the failure with target and progress, where it was thrown knowing neither} */
    StorageException located(StorageException e, long done) {
        return e.target().isEmpty() ? e.afterTransferring(done).in(target, DirectStrategy.NAME) : e;
    }

    /** {@return the failure of a transfer of {@code length} bytes, of which so many were done} */
    StorageException transfer(String operation, long result, long position, long length, long done) {
        return Errno.failure(operation, result)
                .target(target)
                .strategy(DirectStrategy.NAME)
                .range(position, length)
                .transferred(done)
                .build();
    }
}
