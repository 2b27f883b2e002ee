package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Rising versions of a queue's worth of blocks, all in flight at once, written and read back: a stale read, a lost update and
 * an operation that completes twice or never show.
 */
final class QueuedVersions implements CompletionSink {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long start;
    private final int size;
    private final ByteBuffer[] blocks;
    private final int[] completions;
    private StorageException failure;

    QueuedVersions(long start, int depth, int size) {
        this.start = start;
        this.size = size;
        blocks = new ByteBuffer[depth];
        completions = new int[depth];
        for (int i = 0; i < depth; i++) {
            blocks[i] = ByteBuffer.allocateDirect(2 * size).alignedSlice(size);
        }
    }

    /** {@return how many operations were done until it was to stop} */
    long write(Volume volume, AtomicBoolean stop) throws StorageException {
        long version = 0;
        try (IoQueue queue = volume.openQueue(blocks.length)) {
            while (!stop.get()) {
                version++;
                transfer(queue, version, true);
                transfer(queue, version, false);
            }
        }
        return 2 * version * blocks.length;
    }

    private void transfer(IoQueue queue, long version, boolean writing) throws StorageException {
        for (int i = 0; i < blocks.length; i++) {
            completions[i] = 0;
            long word = writing ? version : 0;
            blocks[i].putLong(0, word).putLong(size / 2, word).putLong(size - Long.BYTES, word);
            if (writing) {
                queue.write(blocks[i], 0, size, start + (long) i * size, i, TransferFlags.NONE);
            } else {
                queue.read(blocks[i], 0, size, start + (long) i * size, i, TransferFlags.NONE);
            }
        }
        while (queue.pending() > 0) {
            queue.submit(8, SECOND);
            queue.poll(this);
        }
        if (failure != null) {
            throw failure;
        }
        for (int i = 0; i < blocks.length; i++) {
            assertEquals(1, completions[i], "completions of an operation");
            assertEquals(version, blocks[i].getLong(0));
            assertEquals(version, blocks[i].getLong(size / 2));
            assertEquals(version, blocks[i].getLong(size - Long.BYTES));
        }
    }

    @Override
    public void completed(long token, int transferred) {
        assertEquals(size, transferred);
        completions[(int) token]++;
    }

    @Override
    public void failed(long token, StorageException error) {
        failure = error;
    }
}
