package io.pinion.core.control;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a reconciler makes of a wish, for whoever left it. */
final class Answers {
    private static final long COMMAND_NANOS = TimeUnit.MINUTES.toNanos(10);

    private Answers() {}

    static <T> T await(String operation, CompletableFuture<T> result) throws StorageException {
        try {
            return result.get(COMMAND_NANOS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StorageException.of(Kind.INTERRUPTED, operation, "interrupted while waiting; what was begun goes on")
                    .build();
        } catch (TimeoutException e) {
            throw StorageException.of(Kind.TIMEOUT, operation, "no answer within 10 minutes; what was begun goes on")
                    .build();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StorageException failure) {
                throw failure;
            }
            throw new IllegalStateException(operation + " met a defect", e.getCause());
        }
    }
}
