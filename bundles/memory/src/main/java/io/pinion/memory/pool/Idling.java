package io.pinion.memory.pool;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks at arenas that are idle, later, on a thread that is there only while one is. */
final class Idling {
    private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Runnable look;
    private final AtomicBoolean planned = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "pinion-pool");
        thread.setDaemon(true);
        return thread;
    });

    Idling(Runnable look) {
        this.look = look;
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
    }

    /** Looks after so long, unless that is planned already. */
    void lookAfter(long nanos) {
        if (planned.compareAndSet(false, true)) {
            try {
                timer.schedule(this::look, Math.max(nanos, LEAST_NANOS), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                // The service has stopped, and shrinks by itself.
                planned.set(false);
            }
        }
    }

    private void look() {
        planned.set(false);
        look.run();
    }

    void stop() {
        timer.shutdownNow();
    }
}
