package io.pinion.core.control;

import io.pinion.core.volume.Background;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Calls into drivers, and into the operating system, that may not return: each on a thread of its own, waited for no longer
 * than its bound.
 */
final class BoundedCalls {
    /** The bound of calls that have none of the volume's: examine, open, close. */
    static final long DRIVER_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Background background;

    BoundedCalls(Background background) {
        this.background = background;
    }

    /** What is called. */
    interface Action {
        void run() throws StorageException;
    }

    /** Calls, as {@link #call(String, long, Callable, Consumer)}, something without a result. */
    void run(String operation, long nanos, Action action) throws StorageException {
        call(
                operation,
                nanos,
                () -> {
                    action.run();
                    return operation;
                },
                late -> {});
    }

    /**
     * Calls, and waits up to so many nanoseconds.
     *
     * @param late takes the result when it comes after all
     * @throws StorageException what was thrown; {@code STRATEGY_FAULT} for what is none; {@code TIMEOUT}
     */
    <T> T call(String operation, long nanos, Callable<T> action, Consumer<T> late) throws StorageException {
        CompletableFuture<T> result = background.stage(action).toCompletableFuture();
        boolean interrupted = false;
        long start = System.nanoTime();
        try {
            while (true) {
                try {
                    return result.get(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    result.thenAccept(late);
                    throw StorageException.of(
                                    Kind.TIMEOUT,
                                    operation,
                                    "no answer within " + TimeUnit.NANOSECONDS.toMillis(nanos)
                                            + " ms; the call hangs and was abandoned")
                            .build();
                } catch (ExecutionException e) {
                    throw failure(operation, e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static StorageException failure(String operation, Throwable thrown) {
        return thrown instanceof StorageException failure
                ? failure
                : StorageException.of(Kind.STRATEGY_FAULT, operation, "the strategy threw " + thrown)
                        .cause(thrown)
                        .build();
    }
}
