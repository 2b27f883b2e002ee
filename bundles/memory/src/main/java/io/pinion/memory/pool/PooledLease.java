package io.pinion.memory.pool;

import io.pinion.memory.Arena;
import io.pinion.memory.BufferLease;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** A lease; what is to be given back for it, and how many hold it, is its {@link Tenancy}'s, which outlives it. */
final class PooledLease implements BufferLease {
    private final Tenancy tenancy;
    private final ByteBuffer buffer;
    private final long address;
    private final AtomicBoolean closed = new AtomicBoolean();

    PooledLease(Tenancy tenancy, ByteBuffer buffer, long address) {
        this.tenancy = tenancy;
        this.buffer = buffer;
        this.address = address;
    }

    @Override
    public ByteBuffer buffer() {
        return buffer;
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public Arena arena() {
        return tenancy.arena();
    }

    @Override
    public void hold() {
        if (closed.get() || !tenancy.hold()) {
            throw new IllegalStateException("the lease is closed");
        }
    }

    @Override
    public void release() {
        tenancy.release();
        // Or it could be taken for leaked meanwhile.
        Reference.reachabilityFence(buffer);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            tenancy.release();
        }
        Reference.reachabilityFence(buffer);
    }

    @Override
    public String toString() {
        return "lease of " + buffer.capacity() + " bytes at 0x" + Long.toHexString(address)
                + (closed.get() ? ", closed" : "");
    }
}
