package io.pinion.benchmarks.sample;

import io.pinion.benchmarks.plan.Kind;
import io.pinion.benchmarks.plan.Pattern;
import io.pinion.benchmarks.plan.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that transfer, each one block at a time; together they go through a sequential pass. One alone is the caller's,
 * so that nothing but the transfers is measured.
 */
final class ThreadsLoad implements Load {
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int TURNS = 16;

    private final Shape shape;
    private final Transfers transfers;
    private final Meter.Chore betweenPasses;
    private final Meter meter;
    private final Workers threads;
    private final List<Worker> workers = new ArrayList<>();
    private final AtomicLong nextBlock = new AtomicLong();

    /**
     * @param buffers one a thread
     * @param size of the file
     * @param betweenPasses done aside after each sequential pass; null for nothing
     */
    ThreadsLoad(
            Shape shape,
            Transfers transfers,
            List<ByteBuffer> buffers,
            long size,
            Meter meter,
            Meter.Chore betweenPasses) {
        this.shape = shape;
        this.transfers = transfers;
        this.meter = meter;
        this.betweenPasses = betweenPasses;
        threads = shape.depth() > 1 ? new Workers(shape.depth()) : null;
        for (int i = 0; i < shape.depth(); i++) {
            workers.add(new Worker(buffers.get(i), new Positions(shape, size, i + 1L), meter.latencies()));
        }
    }

    @Override
    public long pass() throws Exception {
        nextBlock.set(0);
        long operations = threads == null ? workers.get(0).run() : together();
        if (shape.pattern() == Pattern.SEQUENTIAL) {
            if (shape.kind() == Kind.WRITE) {
                transfers.flush();
            }
            if (betweenPasses != null) {
                meter.aside(betweenPasses);
            }
        }
        return operations;
    }

    private long together() throws IOException, InterruptedException {
        List<Future<Long>> running = new ArrayList<>();
        for (Worker worker : workers) {
            running.add(threads.executor().submit(worker::run));
        }
        long operations = 0;
        for (Future<Long> future : running) {
            operations += result(future);
        }
        return operations;
    }

    private static long result(Future<Long> future) throws InterruptedException, IOException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    /** Any thread may take any worker's turn: all of them count. */
    @Override
    public long[] threads() {
        return threads == null ? Load.super.threads() : threads.ids();
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.close();
        }
    }

    /** One thread's part. */
    private final class Worker {
        private final ByteBuffer buffer;
        private final Positions positions;
        private final Latencies latencies;

        Worker(ByteBuffer buffer, Positions positions, Latencies latencies) {
            this.buffer = buffer;
            this.positions = positions;
            this.latencies = latencies;
        }

        long run() throws IOException {
            return shape.pattern() == Pattern.SEQUENTIAL ? sequential() : random();
        }

        private long sequential() throws IOException {
            long operations = 0;
            for (long block = nextBlock.getAndIncrement();
                    block < positions.blocks();
                    block = nextBlock.getAndIncrement()) {
                transfer(block * shape.block());
                operations++;
            }
            return operations;
        }

        private long random() throws IOException {
            long begin = System.nanoTime();
            long operations = 0;
            do {
                for (int turn = 0; turn < TURNS; turn++) {
                    transfer(positions.next());
                }
                operations += TURNS;
            } while (System.nanoTime() - begin < SLICE);
            return operations;
        }

        private void transfer(long position) throws IOException {
            long begun = latencies.isDue() ? System.nanoTime() : 0;
            int transferred = transfers.transfer(buffer.clear(), position);
            if (transferred != shape.block()) {
                throw new IOException("transferred " + transferred + " of " + shape.block());
            }
            if (begun != 0) {
                latencies.add(System.nanoTime() - begun);
            }
        }
    }
}
