package io.pinion.advisor.measure;

import io.pinion.advisor.play.Buffers;
import io.pinion.memory.BufferPool;
import io.pinion.strategy.StorageException;
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
            present = approach.ordinary()
                    ? Buffers.ordinary(key.count(), size)
                    : pool.isPresent()
                            ? Buffers.leased(pool.get(), key.count(), size)
                            : Buffers.aligned(key.count(), size);
            buffers.put(key, present);
        }
        return present;
    }

    @Override
    public void close() {
        buffers.values().forEach(Buffers::close);
        buffers.clear();
    }
}
