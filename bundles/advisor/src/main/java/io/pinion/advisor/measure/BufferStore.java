package io.pinion.advisor.measure;

import io.pinion.advisor.play.Buffers;
import io.pinion.memory.BufferPool;
import io.pinion.shell.text.Units;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Buffers for a whole measurement, so that no sample waits for memory. For one thread. */
final class BufferStore implements AutoCloseable {
    private final Optional<BufferPool> pool;
    private final Map<Key, Buffers> buffers = new HashMap<>();

    private record Key(boolean ordinary, int count, int size) {}

    BufferStore(Optional<BufferPool> pool) {
        this.pool = pool;
    }

    /**
     * {@return the buffers of an approach} Buffered ways have the pool's, too, so that memory is not what differs.
     *
     * @throws StorageException {@code MEMORY_LIMIT} when the pool has no room
     */
    Buffers of(Approach approach, int size) throws StorageException {
        Key key = new Key(approach.ordinary(), approach.depth(), size);
        Buffers present = buffers.get(key);
        if (present == null) {
            present = make(key);
            buffers.put(key, present);
        }
        return present;
    }

    private Buffers make(Key key) throws StorageException {
        if (!key.ordinary() && pool.isPresent()) {
            return Buffers.leased(pool.get(), key.count(), key.size());
        }
        try {
            return key.ordinary()
                    ? Buffers.ordinary(key.count(), key.size())
                    : Buffers.aligned(key.count(), key.size());
        } catch (OutOfMemoryError e) {
            throw StorageException.of(
                            Kind.MEMORY_LIMIT,
                            Failures.OPERATION,
                            key.count() + " buffers of " + Units.bytes(key.size())
                                    + " are more than the virtual machine gives off its heap; raise"
                                    + " -XX:MaxDirectMemorySize, or ask for less at once")
                    .cause(e)
                    .build();
        }
    }

    @Override
    public void close() {
        buffers.values().forEach(Buffers::close);
        buffers.clear();
    }
}
