package io.pinion.advisor.play;

import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import java.util.concurrent.TimeUnit;

/** As many requests at once as there are buffers, by a queue of the volume that the calling thread owns. */
public final class QueuedPlayer implements Player {
    /** Woken for each completion, a queue costs a fifth more processor time than woken for a quarter of its depth. */
    private static final int BATCHES = 4;

    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Volume volume;
    private final Buffers buffers;
    private final TransferFlags flags;

    /** Asks by all of the buffers. */
    public QueuedPlayer(Volume volume, Buffers buffers, TransferFlags flags) {
        this.volume = volume;
        this.buffers = buffers;
        this.flags = flags;
    }

    @Override
    public void play(Stint stint) throws StorageException {
        try (IoQueue queue = volume.openQueue(buffers.count())) {
            new Turns(queue, stint).run();
        }
    }

    /** The requests of one stint. */
    private final class Turns implements CompletionSink {
        private final IoQueue queue;
        private final Stint stint;
        private final int batch = Math.max(1, buffers.count() / BATCHES);
        private final int[] free = new int[buffers.count()];
        private final long[] askedAt = new long[buffers.count()];
        private final long[] positions = new long[buffers.count()];
        private int freeCount;
        private boolean wrote;
        private long now;
        private StorageException failure;

        Turns(IoQueue queue, Stint stint) {
            this.queue = queue;
            this.stint = stint;
            for (int index = free.length - 1; index >= 0; index--) {
                free[freeCount++] = index;
            }
        }

        void run() throws StorageException {
            stint.start();
            now = System.nanoTime();
            while (stint.goesOn(now)) {
                if (!ask()) {
                    // A lap that needs preparing begins when nothing of the one before is in flight.
                    drain();
                    stint.nextLap();
                    now = System.nanoTime();
                    continue;
                }
                queue.submit(Math.min(batch, queue.pending()), WAIT_NANOS);
                take();
            }
            drain();
            if (wrote) {
                volume.flush();
            }
            stint.end();
        }

        /** {@return false at the end of a lap that the next must wait for} */
        private boolean ask() throws StorageException {
            while (freeCount > 0) {
                long position = stint.positions().next();
                if (position < 0) {
                    if (stint.hasBreaks()) {
                        return false;
                    }
                    stint.nextLap();
                    continue;
                }
                boolean write = stint.positions().isWrite();
                wrote |= write;
                int index = free[--freeCount];
                askedAt[index] = now;
                positions[index] = position;
                buffers.prepare(queue, index, position, write, flags);
            }
            return true;
        }

        private void take() throws StorageException {
            now = System.nanoTime();
            queue.poll(this);
            if (failure != null) {
                throw failure;
            }
        }

        /** What takes too long when time is up is asked to end, and then left: the queue keeps the buffers as long as it must. */
        private void drain() throws StorageException {
            boolean cancelled = false;
            while (queue.pending() > 0) {
                queue.submit(queue.pending(), WAIT_NANOS);
                take();
                if (stint.late(now) > PATIENCE_NANOS && !cancelled) {
                    cancelled = true;
                    for (int index = 0; index < buffers.count(); index++) {
                        queue.cancel(index);
                    }
                } else if (stint.late(now) > 2 * PATIENCE_NANOS) {
                    return;
                }
            }
        }

        @Override
        public void completed(long token, int transferred) {
            int index = (int) token;
            if (transferred != buffers.size()) {
                failure = SynchronousPlayer.shrunk(positions[index], transferred);
            }
            stint.done(buffers.size(), now - askedAt[index]);
            free[freeCount++] = index;
        }

        @Override
        public void failed(long token, StorageException error) {
            if (error.kind() != StorageException.Kind.CANCELLED) {
                failure = error;
            }
            free[freeCount++] = (int) token;
        }
    }
}
