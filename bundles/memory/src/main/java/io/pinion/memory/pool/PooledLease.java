package io.pinion.memory.pool;

import io.pinion.memory.Arena;
import io.pinion.memory.BufferLease;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** A lease; what is to be given back for it, and how many hold it, is its {@link Tenancy}'s, which outlives it. */
final class PooledLease implements BufferLease {
    private static final int OPEN = 0;
    private static final int CLOSED = 1;
    private static final AtomicIntegerFieldUpdater<PooledLease> STATE =
            AtomicIntegerFieldUpdater.newUpdater(PooledLease.class, "state");

    private final Tenancy tenancy;
    private final ByteBuffer buffer;
    private final long address;
    private volatile int state = OPEN;

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
        if (state == CLOSED || !tenancy.hold()) {
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
        if (STATE.compareAndSet(this, OPEN, CLOSED)) {
            tenancy.release();
        }
        Reference.reachabilityFence(buffer);
    }

    @Override
    public String toString() {
        return "lease of " + buffer.capacity() + " bytes at 0x" + Long.toHexString(address)
                + (state == CLOSED ? ", closed" : "");
    }
}
