package io.pinion.itests;

import static org.junit.Assert.assertEquals;

import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A thread with one queue that stays open, whatever becomes of the strategies beneath: batches of writes and reads of
 * blocks that carry their version, and flushes. Beside a {@link Load}, behind its records.
 */
final class QueueLoad extends Thread implements AutoCloseable, CompletionSink {
    /** How long the file must be. */
    static final long SIZE = 2 * Load.SIZE;

    private static final int BATCH = 8;
    private static final int FLUSH_EVERY = 32;
    private static final long FLUSH = -1;

    private final Volume volume;
    private final Blocks blocks = new Blocks(100, Load.SIZE, new long[64]);
    private final ByteBuffer[] buffers = new ByteBuffer[BATCH];
    private final int[] block = new int[BATCH];
    private final boolean[] writes = new boolean[BATCH];
    private int awaited;
    private volatile long operations;
    private volatile String fault = "";
    private volatile boolean stopped;

    private QueueLoad(Volume volume) {
        super("load-queue-" + volume.name());
        setDaemon(true);
        this.volume = volume;
        ByteBuffer all = ByteBuffer.allocateDirect((BATCH + 1) * Blocks.SIZE).alignedSlice(Blocks.SIZE);
        for (int i = 0; i < BATCH; i++) {
            buffers[i] = all.slice(i * Blocks.SIZE, Blocks.SIZE);
        }
    }

    /** Begins at once. */
    static QueueLoad on(Volume volume) {
        QueueLoad load = new QueueLoad(volume);
        load.start();
        load.awaitProgress();
        return load;
    }

    long operations() {
        return operations;
    }

    /** Returns once it has done some more. */
    void awaitProgress() {
        long before = operations;
        Eventually.holds(
                "the queue goes on",
                () -> !fault.isEmpty() || operations > before + 2 * BATCH,
                () -> operations + " after " + before);
        assertEquals("faults on the queue", "", fault);
    }

    @Override
    public void run() {
        SplittableRandom random = new SplittableRandom(blocks.count());
        try (IoQueue queue = volume.openQueue(BATCH + 1)) {
            for (int round = 1; !stopped; round++) {
                batch(queue, random);
                if (round % FLUSH_EVERY == 0) {
                    queue.flush(FLUSH);
                    await(queue, 1);
                }
            }
            for (int from = 0; from < blocks.count(); from += BATCH) {
                for (int i = 0; i < BATCH; i++) {
                    prepare(queue, i, from + i, false);
                }
                await(queue, BATCH);
            }
        } catch (StorageException | RuntimeException e) {
            fault = getName() + " after " + operations + " operations: " + e;
        }
    }

    private void batch(IoQueue queue, SplittableRandom random) throws StorageException {
        int first = random.nextInt(blocks.count());
        for (int i = 0; i < BATCH; i++) {
            prepare(queue, i, (first + i) % blocks.count(), random.nextBoolean());
        }
        await(queue, BATCH);
    }

    private void prepare(IoQueue queue, int i, int number, boolean write) throws StorageException {
        block[i] = number;
        writes[i] = write;
        if (write) {
            blocks.fillNext(buffers[i], number);
            queue.write(buffers[i], 0, Blocks.SIZE, blocks.position(number), i, TransferFlags.NONE);
        } else {
            queue.read(buffers[i], 0, Blocks.SIZE, blocks.position(number), i, TransferFlags.NONE);
        }
    }

    private void await(IoQueue queue, int count) throws StorageException {
        awaited = count;
        while (awaited > 0) {
            queue.submit(awaited, TimeUnit.SECONDS.toNanos(1));
            queue.poll(this);
        }
    }

    @Override
    public void completed(long token, int transferred) {
        awaited--;
        operations = operations + 1;
        if (token == FLUSH) {
            return;
        }
        int i = (int) token;
        if (transferred != Blocks.SIZE) {
            throw new IllegalStateException("block " + block[i] + ": " + transferred + " bytes");
        }
        if (writes[i]) {
            blocks.written(block[i]);
        } else {
            blocks.check(buffers[i], block[i]);
        }
    }

    @Override
    public void failed(long token, StorageException error) {
        throw new IllegalStateException("token " + token, error);
    }

    /** Stops, reads everything once more, and fails if anything ever failed or differed. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        join(Eventually.BOUND.toMillis());
        assertEquals("faults on the queue", "", fault);
        if (isAlive()) {
            throw new AssertionError(getName() + " hangs at " + Arrays.toString(getStackTrace()));
        }
    }
}
