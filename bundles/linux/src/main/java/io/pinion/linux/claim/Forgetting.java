package io.pinion.linux.claim;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.StorageException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has the kernel forget the pages that uncached writes have left in spite of all, once they are clean, by a thread that
 * nobody waits for but {@link #close}: a gigabyte of cached pages takes it 3 to 51 ms, and whoever flushes may have callers
 * wait at a closed gate. Safe for any thread.
 */
final class Forgetting {
    /** So many ranges may wait for their turn; more are noted again, for the next flush. */
    private static final int MOST = 64;

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SystemCalls calls;
    private final Descriptor descriptor;
    private final Trail trail;
    private final ThreadPoolExecutor thread;
    private final AtomicInteger started = new AtomicInteger();
    /** The whole file is to be forgotten, and that has yet to begin. */
    private final AtomicBoolean allDue = new AtomicBoolean();

    private volatile String problem = "";

    /**
     * Of a file.
     *
     * @param descriptor stays open until what was started is over
     * @param trail where what can't be forgotten now is noted again
     */
    Forgetting(SystemCalls calls, Descriptor descriptor, Trail trail) {
        this.calls = calls;
        this.descriptor = descriptor;
        this.trail = trail;
        thread = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST), task -> {
            Thread forgetter = new Thread(task, "pinion-forget");
            forgetter.setDaemon(true);
            return forgetter;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    /** {@return what to run when the flush that is about to begin has succeeded} Until it has run this is not idle. */
    Runnable afterFlush(boolean all) {
        started.incrementAndGet();
        Trail.Stretch covered = trail.cut();
        if (covered.isEmpty()) {
            started.decrementAndGet();
            return () -> {};
        }
        return () -> {
            start(covered, all);
            started.decrementAndGet();
        };
    }

    /**
     * Starts to forget, and returns.
     *
     * @param written where uncached writes were, of which nothing is dirty any more
     * @param all whether to forget the whole file; else their range, where others lose little by it
     */
    void start(Trail.Stretch written, boolean all) {
        if (written.isEmpty()) {
            return;
        }
        if (!all && !written.isDense()) {
            trail.add(written);
        } else if (!all || allDue.compareAndSet(false, true)) {
            startOrNote(written, all);
        }
    }

    private void startOrNote(Trail.Stretch written, boolean all) {
        int number;
        try {
            number = descriptor.enter("forget");
        } catch (StorageException e) {
            // A queue that outlives its file: the pages stay, which harms nobody.
            return;
        }
        started.incrementAndGet();
        try {
            thread.execute(() -> run(number, written, all));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // Too much waits, or no thread can be had.
            allDue.set(false);
            trail.add(written);
            end();
        }
    }

    private void run(int number, Trail.Stretch written, boolean all) {
        try {
            if (all) {
                allDue.set(false);
            }
            long start = all ? 0 : written.from() & -calls.pageSize();
            // To the end of the file, or of the last page.
            long length = all ? 0 : (written.to() + calls.pageSize() - 1 & -calls.pageSize()) - start;
            long result =
                    SystemCalls.uninterrupted(() -> calls.fadvise(number, start, length, Linux.POSIX_FADV_DONTNEED));
            problem = result < 0 ? "uncached writes may leave pages: posix_fadvise: " + Errno.text(result) : "";
        } finally {
            end();
        }
    }

    private void end() {
        descriptor.leave();
        started.decrementAndGet();
    }

    /** {@return whether nothing that was started is under way, and nothing waits for a flush to end} */
    boolean isIdle() {
        return started.get() == 0;
    }

    /** {@return why pages may stay, as the kernel said last; empty when it did not} */
    String problem() {
        return problem;
    }

    /**
     * Starts nothing more, and waits for what was started, for a second at most: a process that ends now would leave the
     * pages. What takes longer goes on. An interrupt has no effect.
     */
    void close() {
        thread.shutdown();
        boolean interrupted = false;
        long end = System.nanoTime() + CLOSE_NANOS;
        boolean over = false;
        while (!over) {
            try {
                thread.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                over = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
