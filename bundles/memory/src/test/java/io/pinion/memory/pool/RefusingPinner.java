package io.pinion.memory.pool;

import io.pinion.memory.PagePinner;
import io.pinion.memory.Pin;
import io.pinion.strategy.StorageException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** A pinner that refuses each pin in the same way, and counts how often it is asked. */
final class RefusingPinner implements PagePinner {
    int asked;

    private final Supplier<Exception> refusal;

    RefusingPinner(Supplier<Exception> refusal) {
        this.refusal = refusal;
    }

    @Override
    public Pin pin(ByteBuffer region, Access access) throws StorageException {
        asked++;
        Exception thrown = refusal.get();
        if (thrown instanceof StorageException known) {
            throw known;
        }
        throw (RuntimeException) thrown;
    }

    @Override
    public long pinnedBytes() {
        return 0;
    }

    @Override
    public long limitBytes() {
        return Long.MAX_VALUE;
    }
}
