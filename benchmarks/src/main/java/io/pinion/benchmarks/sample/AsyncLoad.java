package io.pinion.benchmarks.sample;

import io.pinion.benchmarks.plan.Kind;
import io.pinion.benchmarks.plan.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.CompletionHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The JDK's asynchronous channel in sequential passes: each completion begins the next transfer. */
final class AsyncLoad implements Load {
    private static final int PATIENCE_SECONDS = 60;

    private final Shape shape;
    private final AsynchronousFileChannel channel;
    private final Workers threads;
    private final List<Slot> slots = new ArrayList<>();
    private final long blocks;
    private final AtomicLong nextBlock = new AtomicLong();
    private volatile CountDownLatch left;
    private volatile Throwable failure;

    /** @param threads the channel's; the caller's to close */
    AsyncLoad(
            Shape shape,
            AsynchronousFileChannel channel,
            Workers threads,
            List<ByteBuffer> buffers,
            long size,
            Meter meter) {
        this.shape = shape;
        this.channel = channel;
        this.threads = threads;
        blocks = new Positions(shape, size, 1).blocks();
        for (ByteBuffer buffer : buffers) {
            slots.add(new Slot(buffer, meter.latencies()));
        }
    }

    @Override
    public long pass() throws Exception {
        nextBlock.set(0);
        left = new CountDownLatch((int) blocks);
        slots.forEach(Slot::begin);
        if (!left.await(PATIENCE_SECONDS, TimeUnit.SECONDS) || failure != null) {
            throw new IOException("a pass failed or was not over in a minute", failure);
        }
        if (shape.kind() == Kind.WRITE) {
            channel.force(false);
        }
        return blocks;
    }

    @Override
    public long[] threads() {
        return threads.ids();
    }

    /** One transfer at a time. */
    private final class Slot implements CompletionHandler<Integer, Void> {
        private final ByteBuffer buffer;
        private final Latencies latencies;
        private long begun;

        Slot(ByteBuffer buffer, Latencies latencies) {
            this.buffer = buffer;
            this.latencies = latencies;
        }

        void begin() {
            long block = nextBlock.getAndIncrement();
            if (block >= blocks) {
                return;
            }
            begun = System.nanoTime();
            if (shape.kind() == Kind.WRITE) {
                channel.write(buffer.clear(), block * shape.block(), null, this);
            } else {
                channel.read(buffer.clear(), block * shape.block(), null, this);
            }
        }

        @Override
        public void completed(Integer transferred, Void nothing) {
            if (transferred != shape.block()) {
                failed(new IOException("transferred " + transferred + " of " + shape.block()), nothing);
                return;
            }
            if (latencies.isDue()) {
                latencies.add(System.nanoTime() - begun);
            }
            begin();
            left.countDown();
        }

        @Override
        public void failed(Throwable error, Void nothing) {
            failure = error;
            while (left.getCount() > 0) {
                left.countDown();
            }
        }
    }
}
