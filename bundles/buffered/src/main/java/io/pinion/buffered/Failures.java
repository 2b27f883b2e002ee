package io.pinion.buffered;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.io.IOException;

/** Turns the JDK's failures into Pinion's, of one target. */
final class Failures {
    private final Target target;

    Failures(Target target) {
        this.target = target;
    }

    /** {@return the failure of something that has no place in the file} */
    StorageException of(String operation, IOException e) {
        return e instanceof StorageException known
                ? known
                : ours(StorageException.of(operation, e)).build();
    }

    /** {@return the failure of a transfer} */
    StorageException of(String operation, IOException e, long offset, long length, long transferred) {
        return ours(StorageException.of(operation, e))
                .range(offset, length)
                .transferred(transferred)
                .build();
    }

    /** {@return the failure of a flush, which is of one kind whatever caused it} */
    StorageException flush(IOException e) {
        return ours(StorageException.of(Kind.FLUSH_FAILED, "flush", e)).build();
    }

    /** {@return a failure that is known for what it is} */
    StorageException of(Kind kind, String operation, String detail) {
        return ours(StorageException.of(kind, operation, detail)).build();
    }

    private StorageException.Builder ours(StorageException.Builder failure) {
        return failure.target(target).strategy(BufferedStrategy.NAME);
    }
}
