package io.pinion.benchmarks.sample;

import io.pinion.benchmarks.plan.Kind;
import io.pinion.benchmarks.plan.Pattern;
import io.pinion.benchmarks.plan.Shape;
import io.pinion.memory.BufferLease;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A queue that is kept full by its owner: what {@code uring.c} does, through a volume. */
final class QueueLoad implements Load, CompletionSink {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final int TURNS = 16;

    private final Shape shape;
    private final Volume volume;
    private final IoQueue queue;
    private final List<BufferLease> leases;
    private final Positions positions;
    private final Latencies latencies;
    private final int[] free;
    /** When the operation of a slot was prepared; 0 when it is not timed. */
    private final long[] begun;

    private int freeCount;
    private long operations;

    QueueLoad(Shape shape, Volume volume, List<BufferLease> leases, Latencies latencies) throws StorageException {
        this.shape = shape;
        this.volume = volume;
        this.leases = leases;
        this.latencies = latencies;
        positions = new Positions(shape, volume.size(), 1);
        queue = volume.openQueue(shape.depth());
        free = new int[shape.depth()];
        begun = new long[shape.depth()];
        for (int slot = 0; slot < free.length; slot++) {
            free[freeCount++] = slot;
        }
    }

    @Override
    public long pass() throws StorageException {
        long before = operations;
        if (shape.pattern() == Pattern.SEQUENTIAL) {
            whole();
        } else {
            for (int turn = 0; turn < TURNS; turn++) {
                prepare(Long.MAX_VALUE);
                turn();
            }
        }
        return operations - before;
    }

    private void whole() throws StorageException {
        long left = positions.blocks();
        while (left > 0 || queue.pending() > 0) {
            left -= prepare(left);
            turn();
        }
        if (shape.kind() == Kind.WRITE) {
            volume.flush();
        }
    }

    private void turn() throws StorageException {
        if (queue.submit(Math.min(shape.batch(), queue.pending()), PATIENCE) == 0) {
            throw new IllegalStateException("nothing completed within 10 s");
        }
        queue.poll(this);
    }

    private int prepare(long most) throws StorageException {
        int prepared = 0;
        while (freeCount > 0 && prepared < most) {
            int slot = free[--freeCount];
            begun[slot] = latencies.isDue() ? System.nanoTime() : 0;
            if (shape.kind() == Kind.WRITE) {
                queue.write(leases.get(slot), 0, shape.block(), positions.next(), slot, TransferFlags.NONE);
            } else {
                queue.read(leases.get(slot), 0, shape.block(), positions.next(), slot, TransferFlags.NONE);
            }
            prepared++;
        }
        return prepared;
    }

    @Override
    public void completed(long token, int transferred) {
        int slot = (int) token;
        if (transferred != shape.block()) {
            throw new IllegalStateException("transferred " + transferred + " of " + shape.block());
        }
        if (begun[slot] != 0) {
            latencies.add(System.nanoTime() - begun[slot]);
        }
        free[freeCount++] = slot;
        operations++;
    }

    @Override
    public void failed(long token, StorageException error) {
        throw new IllegalStateException(error);
    }

    @Override
    public void close() {
        queue.close();
    }
}
