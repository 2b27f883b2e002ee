package io.pinion.core.volume;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
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
        threads.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception | LinkageError e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Takes no more tasks; those that run go on. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
