package io.pinion.benchmarks.sample;

import io.pinion.benchmarks.plan.Shape;
import io.pinion.linux.SystemCalls;
import io.pinion.memory.BufferLease;
import io.pinion.memory.mlock.MlockPinner;
import io.pinion.memory.pool.ArenaPool;
import io.pinion.strategy.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Buffers of a sample: Pinion's, from a pool with a pinner as it is shipped, or the JDK's. */
final class Memory {
    private static final int PAGE = 4096;

    private final ArenaPool pool;
    /** All that were taken: as long as the sample runs. */
    private final List<BufferLease> leases = new ArrayList<>();

    Memory(SystemCalls calls) {
        pool = new ArenaPool(calls);
        pool.bindPinner(new MlockPinner(calls, "benchmark"));
    }

    List<BufferLease> leases(int count, int size) throws StorageException {
        int from = leases.size();
        for (int i = 0; i < count; i++) {
            leases.add(pool.lease(size));
        }
        return List.copyOf(leases.subList(from, leases.size()));
    }

    /** Where the buffers of a load come from: one for each operation in flight. */
    interface Source {
        List<ByteBuffer> of(Shape shape) throws StorageException;
    }

    List<ByteBuffer> leased(Shape shape) throws StorageException {
        return leases(shape.depth(), shape.block()).stream()
                .map(BufferLease::buffer)
                .toList();
    }

    static List<ByteBuffer> allocated(Shape shape) {
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int i = 0; i < shape.depth(); i++) {
            buffers.add(ByteBuffer.allocateDirect(shape.block() + PAGE)
                    .alignedSlice(PAGE)
                    .limit(shape.block())
                    .slice());
        }
        return buffers;
    }

    List<String> notes() {
        return pool.notes();
    }
}
