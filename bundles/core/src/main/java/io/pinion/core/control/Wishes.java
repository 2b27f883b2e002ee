package io.pinion.core.control;

import io.pinion.core.config.VolumeConfiguration;
import io.pinion.strategy.StorageException;
import io.pinion.volume.SwapReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What others want of a volume: its configuration, commands, an end, or just that it looks again. Whoever wants something
 * only leaves it here; the reconciler takes it. Of two swaps that wait, the newer wins.
 */
final class Wishes {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition idle = lock.newCondition();
    private VolumeConfiguration configuration;
    private SwapCommand swap;
    private List<Command> commands = new ArrayList<>();
    private boolean closing;
    private boolean dirty = true;
    private boolean working;

    /** A swap by hand. */
    record SwapCommand(String strategy, CompletableFuture<SwapReport> result) {}

    /** Something else by hand. */
    record Command(What what, CompletableFuture<Void> result) {
        enum What {
            CLEAR_OVERRIDE,
            REOPEN,
            REOPEN_ACCEPTING_LOSS
        }

        void fail(StorageException error) {
            result.completeExceptionally(error);
        }
    }

    /** What there is to do now; {@code swap} is null when nobody asked for one. */
    record Taken(VolumeConfiguration configuration, SwapCommand swap, List<Command> commands, boolean closing) {}

    Wishes(VolumeConfiguration configuration) {
        this.configuration = configuration;
    }

    void configure(VolumeConfiguration wanted) {
        leave(() -> configuration = wanted);
    }

    /** {@return the configuration that was wanted last} */
    VolumeConfiguration configuration() {
        lock.lock();
        try {
            return configuration;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the swap that this one takes the place of; null when none waited} */
    SwapCommand swap(SwapCommand wanted) {
        SwapCommand[] older = {null};
        leave(() -> {
            older[0] = swap;
            swap = wanted;
        });
        return older[0];
    }

    void command(Command wanted) {
        leave(() -> commands.add(wanted));
    }

    void close() {
        leave(() -> closing = true);
    }

    /** Asks to look again. */
    void look() {
        leave(() -> {});
    }

    private void leave(Runnable wish) {
        lock.lock();
        try {
            wish.run();
            dirty = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something is wanted, or so many nanoseconds are over. For the reconciler's thread. */
    Taken take(long nanos) {
        lock.lock();
        try {
            working = false;
            idle.signalAll();
            long left = nanos;
            while (!dirty && left > 0) {
                left = awaitUninterruptibly(changed, left);
            }
            dirty = false;
            working = true;
            Taken taken = new Taken(configuration, swap, commands, closing);
            swap = null;
            commands = new ArrayList<>();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing is wanted any more that has not been tried; {@return whether that came true in time} */
    boolean awaitIdle(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while ((dirty || working) && left > 0) {
                left = awaitUninterruptibly(idle, left);
            }
            return !dirty && !working;
        } finally {
            lock.unlock();
        }
    }

    /** The reconciler's thread has ended: nothing is taken any more. */
    void ended() {
        lock.lock();
        try {
            working = false;
            dirty = false;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static long awaitUninterruptibly(Condition condition, long nanos) {
        long start = System.nanoTime();
        boolean interrupted = false;
        long left = nanos;
        try {
            left = condition.awaitNanos(Math.min(nanos, TimeUnit.DAYS.toNanos(1)));
        } catch (InterruptedException e) {
            interrupted = true;
            left = nanos - (System.nanoTime() - start);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            // With the flag set every further wait would return at once; the callers are Pinion's own threads or wait
            // within a bound, so they look once more and go on.
            return 0;
        }
        return left;
    }
}
