package io.pinion.linux.uring;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.memory.Arena;
import io.pinion.memory.BufferLease;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** An arena of the length of one huge page, and in the place of one, on whatever pages there are. */
final class FakeArena implements Arena, AutoCloseable {
    static final int LENGTH = 2 << 20;
    private static final int LEASE = 4096;

    private final SystemCalls calls;
    private final long mapped;
    private final long address;
    private final AtomicInteger holds = new AtomicInteger();
    private volatile boolean retiring;

    FakeArena(SystemCalls calls) {
        this.calls = calls;
        int flags = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS;
        mapped = calls.mmap(0, 2 * LENGTH, Linux.PROT_READ | Linux.PROT_WRITE, flags, -1, 0);
        address = mapped + LENGTH - 1 & -LENGTH;
    }

    void retire() {
        retiring = true;
    }

    int holds() {
        return holds.get();
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public long length() {
        return LENGTH;
    }

    @Override
    public boolean hold() {
        if (retiring) {
            return false;
        }
        holds.incrementAndGet();
        return true;
    }

    @Override
    public void release() {
        holds.decrementAndGet();
    }

    @Override
    public boolean isRetiring() {
        return retiring;
    }

    BufferLease lease(int number) {
        long at = address + (long) number * LEASE;
        ByteBuffer buffer = calls.buffer(at, LEASE);
        return new BufferLease() {
            @Override
            public ByteBuffer buffer() {
                return buffer;
            }

            @Override
            public long address() {
                return at;
            }

            @Override
            public Arena arena() {
                return FakeArena.this;
            }

            @Override
            public void hold() {}

            @Override
            public void release() {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        calls.munmap(mapped, 2 * LENGTH);
    }
}
