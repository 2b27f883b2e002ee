package io.pinion.itests;

import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.volume.IoQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What has come of operations on a queue. */
final class Outcomes implements CompletionSink {
    private final List<Object> all = new ArrayList<>();

    @Override
    public void completed(long token, int transferred) {
        all.add(transferred);
    }

    @Override
    public void failed(long token, StorageException error) {
        all.add(error.kind());
    }

    List<Object> of(IoQueue queue, int operations) throws StorageException {
        all.clear();
        long start = System.nanoTime();
        while (all.size() < operations && System.nanoTime() - start < Eventually.BOUND.toNanos()) {
            queue.submit(operations, TimeUnit.MILLISECONDS.toNanos(100));
            queue.poll(this);
        }
        return all;
    }
}
