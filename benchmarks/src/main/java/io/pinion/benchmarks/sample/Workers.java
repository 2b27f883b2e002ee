package io.pinion.benchmarks.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A fixed number of threads, started at once and known by number. */
final class Workers implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private final ExecutorService executor;

    Workers(int count) {
        executor = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "worker");
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        });
        for (int i = 0; i < count; i++) {
            executor.execute(() -> {});
        }
    }

    ExecutorService executor() {
        return executor;
    }

    long[] ids() {
        return threads.stream().mapToLong(Thread::getId).toArray();
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
