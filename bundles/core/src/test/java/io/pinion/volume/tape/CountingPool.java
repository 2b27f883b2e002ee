package io.pinion.volume.tape;

import io.pinion.memory.Arena;
import io.pinion.memory.BufferLease;
import io.pinion.memory.BufferPool;
import io.pinion.memory.PoolStatus;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A pool that knows what is on lease. */
final class CountingPool implements BufferPool {
    final AtomicLong leased = new AtomicLong();
    final AtomicLong leases = new AtomicLong();
    volatile long limit = Long.MAX_VALUE;
    /** Whether it breaks its contract at the limit. */
    volatile boolean broken;

    @Override
    public BufferLease lease(int size) throws StorageException {
        if (leased.addAndGet(size) > limit) {
            leased.addAndGet(-size);
            if (broken) {
                throw new IllegalStateException("a bug");
            }
            throw StorageException.of(Kind.MEMORY_LIMIT, "lease", "over the limit")
                    .build();
        }
        leases.incrementAndGet();
        return new Lease(size);
    }

    private final class Lease implements BufferLease {
        private final ByteBuffer buffer;
        private boolean closed;

        Lease(int size) {
            buffer = ByteBuffer.allocateDirect(size);
        }

        @Override
        public ByteBuffer buffer() {
            return buffer;
        }

        @Override
        public long address() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Arena arena() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void hold() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void release() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                leased.addAndGet(-buffer.capacity());
            }
        }
    }

    @Override
    public BufferLease lease(int size, long timeoutNanos) throws StorageException {
        return lease(size);
    }

    @Override
    public long leasedBytes() {
        return leased.get();
    }

    @Override
    public long limitBytes() {
        return limit;
    }

    @Override
    public PoolStatus status() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> notes() {
        return List.of();
    }
}
