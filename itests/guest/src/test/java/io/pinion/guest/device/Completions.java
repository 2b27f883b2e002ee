package io.pinion.guest.device;

import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.volume.IoQueue;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What has come of the operations of a queue, by their tokens. For the thread that owns the queue. */
public final class Completions implements CompletionSink {
    private final Map<Long, Integer> completed = new HashMap<>();
    private final Map<Long, StorageException> failed = new HashMap<>();

    @Override
    public void completed(long token, int transferred) {
        once(token);
        completed.put(token, transferred);
    }

    @Override
    public void failed(long token, StorageException error) {
        once(token);
        failed.put(token, error);
    }

    private void once(long token) {
        if (completed.containsKey(token) || failed.containsKey(token)) {
            throw new AssertionError("operation " + token + " has ended twice");
        }
    }

    /** Submits, and returns once so many operations in all have ended; fails when they have not within {@link Await#BOUND}. */
    public void await(IoQueue queue, int count) throws Exception {
        Await.until(count + " operations end", () -> {
            queue.submit(count - size(), TimeUnit.MILLISECONDS.toNanos(100));
            queue.poll(this);
            return size() >= count;
        });
    }

    private int size() {
        return completed.size() + failed.size();
    }

    /** {@return how many bytes an operation has transferred, which must have succeeded} */
    public int transferred(long token) {
        Integer bytes = completed.get(token);
        if (bytes == null) {
            throw new AssertionError("operation " + token + " has not succeeded", failed.get(token));
        }
        return bytes;
    }

    /** {@return what an operation has failed with, which must have failed} */
    public StorageException failure(long token) {
        StorageException failure = failed.get(token);
        if (failure == null) {
            throw new AssertionError("operation " + token + " has not failed: " + completed.get(token));
        }
        return failure;
    }

    /** {@return what the operations that failed have failed with, by token} */
    public Map<Long, StorageException> failures() {
        return Map.copyOf(failed);
    }
}
