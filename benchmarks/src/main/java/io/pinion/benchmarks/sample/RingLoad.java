package io.pinion.benchmarks.sample;

import io.pinion.benchmarks.plan.Shape;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.uring.IoUring;
import io.pinion.linux.uring.RingCompletion;
import io.pinion.linux.uring.RingOptions;
import io.pinion.strategy.StorageException;
import java.util.concurrent.TimeUnit;

/** A ring of operations that do nothing. */
final class RingLoad implements Load {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final int TURNS = 16;

    private final IoUring ring;
    private final int batch;
    private final Latencies latencies;
    private final RingCompletion completion = this::completed;
    private final int[] free;
    private final long[] begun;

    private int freeCount;
    private long operations;

    RingLoad(Shape shape, SystemCalls calls, RingOptions options, Latencies latencies) throws StorageException {
        this.latencies = latencies;
        batch = shape.batch();
        ring = IoUring.open(calls, options);
        free = new int[shape.depth()];
        begun = new long[shape.depth()];
        for (int slot = 0; slot < free.length; slot++) {
            free[freeCount++] = slot;
        }
    }

    @Override
    public long pass() throws StorageException {
        long before = operations;
        for (int turn = 0; turn < TURNS; turn++) {
            while (freeCount > 0) {
                int slot = free[--freeCount];
                begun[slot] = latencies.isDue() ? System.nanoTime() : 0;
                ring.prepare().nop(0, slot);
            }
            ring.submit(batch, PATIENCE);
            ring.reap(completion);
        }
        return operations - before;
    }

    private void completed(long token, int result) {
        int slot = (int) token;
        if (begun[slot] != 0) {
            latencies.add(System.nanoTime() - begun[slot]);
        }
        free[freeCount++] = slot;
        operations++;
    }

    @Override
    public void close() {
        ring.close();
    }
}
