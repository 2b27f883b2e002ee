package io.pinion.benchmarks.sample;

import io.pinion.linux.libc.LibC;
import io.pinion.memory.BufferLease;
import io.pinion.memory.mlock.MlockPinner;
import io.pinion.memory.pool.ArenaPool;
import io.pinion.strategy.StorageException;

/**
 * What the first lease of a pool costs in a fresh virtual machine: mapping, faulting in and pinning 256 MiB; and the
 * second, which finds it done. Prints first=N second=N in nanoseconds; the system calls are
 * bound before, and what the pool says in lines of {@link
 * OneSample#NOTE}.
 */
public final class PoolFirstUse {
    private static final int SIZE = 256 << 20;

    private PoolFirstUse() {}

    /** See the class. */
    public static void main(String[] arguments) throws StorageException {
        LibC calls = new LibC();
        System.out.println("page=" + calls.pageSize());
        ArenaPool pool = new ArenaPool(calls);
        pool.bindPinner(new MlockPinner(calls, "benchmark"));
        System.out.println("first=" + nanos(pool) + " second=" + nanos(pool));
        pool.notes().forEach(note -> System.out.println(OneSample.NOTE + note));
    }

    private static long nanos(ArenaPool pool) throws StorageException {
        long begin = System.nanoTime();
        try (BufferLease lease = pool.lease(SIZE)) {
            lease.buffer();
            return System.nanoTime() - begin;
        }
    }
}
