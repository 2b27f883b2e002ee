package io.pinion.core.volume;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for what must not run on an application's: transfers of queues without a ring, stages, calls with a bound. */
public final class Background implements AutoCloseable {
    private static final long IDLE_SECONDS = 5;

    private final ExecutorService threads;

    /** Threads as needed, which end when they idle, named {@code pinion-WHAT-N}. */
    public Background(String what) {
        AtomicInteger count = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "pinion-" + what + "-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Runs it on a thread of its own. */
    public void run(Runnable task) {
        threads.execute(task);
    }

    /** {@return a stage that completes as the task does} */
    public <T> CompletionStage<T> stage(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    result.complete(task.call());
                } catch (Throwable e) {
                    // Whoever waits learns of it, whatever it is; nobody else would.
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(failure(Kind.CLOSED, "it is closed", e));
        } catch (OutOfMemoryError e) {
            result.completeExceptionally(failure(Kind.NO_RESOURCES, "no thread can be had: " + e.getMessage(), e));
        }
        return result;
    }

    private static StorageException failure(Kind kind, String detail, Throwable cause) {
        return StorageException.of(kind, "start", detail).cause(cause).build();
    }

    /** Takes no more tasks; those that run go on. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
