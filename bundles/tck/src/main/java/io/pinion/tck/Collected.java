package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.volume.IoQueue;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/** Completions by token; one that comes twice fails the test. For tokens that are unique. */
final class Collected implements CompletionSink {
    private final Map<Long, Integer> results = new HashMap<>();
    private final Map<Long, StorageException> errors = new HashMap<>();
    private long last = -1;

    @Override
    public void completed(long token, int transferred) {
        assertFalse(errors.containsKey(token), () -> "token " + token + " failed before it completed");
        assertTrue(results.put(token, transferred) == null, () -> "token " + token + " completed twice");
        last = token;
    }

    @Override
    public void failed(long token, StorageException error) {
        assertFalse(results.containsKey(token), () -> "token " + token + " completed before it failed: " + error);
        assertTrue(errors.put(token, error) == null, () -> "token " + token + " failed twice");
        last = token;
    }

    int size() {
        return results.size() + errors.size();
    }

    /** {@return the token that came last; -1 before the first} */
    long last() {
        return last;
    }

    boolean hasFailed(long token) {
        return errors.containsKey(token);
    }

    /** {@return what an operation that must have succeeded transferred} */
    int result(long token) {
        if (errors.containsKey(token)) {
            fail("token " + token + " failed: " + errors.get(token), errors.get(token));
        }
        assertTrue(results.containsKey(token), () -> "token " + token + " was not completed");
        return results.get(token);
    }

    /** {@return why an operation that must have failed did} */
    StorageException error(long token) {
        assertTrue(errors.containsKey(token), () -> "token " + token + " did not fail: " + results.get(token));
        return errors.get(token);
    }

    /** Submits, and takes all completions of what is pending; each must come in time. */
    Collected drain(IoQueue queue) throws StorageException {
        return drain(queue::pending, queue::submit, queue::poll);
    }

    /** Submits to a driver's own queue, and takes all completions of what is pending; each must come in time. */
    Collected drain(ChannelQueue queue) throws StorageException {
        return drain(queue::pending, queue::submit, queue::poll);
    }

    private interface Submit {
        int submit(int minimum, long timeoutNanos) throws StorageException;
    }

    private interface Poll {
        int poll(CompletionSink sink) throws StorageException;
    }

    private Collected drain(IntSupplier pending, Submit queue, Poll completions) throws StorageException {
        long wait = Await.bound().toNanos();
        long end = System.nanoTime() + wait;
        while (pending.getAsInt() > 0) {
            assertTrue(System.nanoTime() - end < 0, () -> pending.getAsInt() + " operations never completed");
            queue.submit(1, wait);
            completions.poll(this);
        }
        return this;
    }
}
