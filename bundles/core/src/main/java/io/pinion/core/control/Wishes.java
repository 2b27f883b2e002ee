package io.pinion.core.control;

import io.pinion.core.config.VolumeConfiguration;
import io.pinion.strategy.StorageException;
import io.pinion.volume.SwapReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What others want of a volume: its configuration, commands, what a chooser chose, an end, or just that it looks again. Whoever
 * wants something only leaves it here; the reconciler takes it. Of two swaps by hand that wait, the newer wins.
 */
final class Wishes {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition idle = lock.newCondition();
    private VolumeConfiguration configuration;
    private SwapCommand swap;
    private SwapCommand chosen;
    private List<Command> commands = new ArrayList<>();
    private boolean closing;
    private boolean dirty = true;
    private boolean working;
    private StorageException end;

    /**
     * A swap that somebody asks for and waits for.
     *
     * @param cause what its report is to say of who wanted it
     */
    record SwapCommand(String strategy, String cause, CompletableFuture<SwapReport> result) {
        /** A newer one has come before its turn. */
        void superseded(String volume, String newer) {
            result.complete(new Attempt(volume, "", strategy, cause)
                    .report(
                            SwapReport.Outcome.SUPERSEDED,
                            "a newer wish, for strategy " + newer + ", came before its turn"));
        }
    }

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

    /** What there is to do now; {@code swap} and {@code chosen} are null when nobody asked for one. */
    record Taken(
            VolumeConfiguration configuration,
            SwapCommand swap,
            SwapCommand chosen,
            List<Command> commands,
            boolean closing) {
        /** Nothing comes of it. */
        void refuse(Throwable why) {
            if (swap != null) {
                swap.result().completeExceptionally(why);
            }
            if (chosen != null) {
                chosen.result().completeExceptionally(why);
            }
            commands.forEach(command -> command.result().completeExceptionally(why));
        }
    }

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
        boolean left = leave(() -> {
            older[0] = swap;
            swap = wanted;
        });
        if (!left) {
            wanted.result().completeExceptionally(end);
        }
        return older[0];
    }

    /** What a chooser chose; {@return the swap that this one takes the place of; null when none waited} */
    SwapCommand choose(SwapCommand wanted) {
        SwapCommand[] older = {null};
        boolean left = leave(() -> {
            older[0] = chosen;
            chosen = wanted;
        });
        if (!left) {
            wanted.result().completeExceptionally(end);
        }
        return older[0];
    }

    void command(Command wanted) {
        if (!leave(() -> commands.add(wanted))) {
            wanted.fail(end);
        }
    }

    void close() {
        leave(() -> closing = true);
    }

    /** Asks to look again. */
    void look() {
        leave(() -> {});
    }

    /** {@return whether somebody will take it} */
    private boolean leave(Runnable wish) {
        lock.lock();
        try {
            if (end == null) {
                wish.run();
                dirty = true;
                changed.signalAll();
            }
            return end == null;
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
            await(changed, () -> dirty, nanos);
            dirty = false;
            working = true;
            return takeAll();
        } finally {
            lock.unlock();
        }
    }

    private Taken takeAll() {
        Taken taken = new Taken(configuration, swap, chosen, commands, closing);
        swap = null;
        chosen = null;
        commands = new ArrayList<>();
        return taken;
    }

    /** Waits until nothing is wanted any more that has not been tried; {@return whether that came true in time} */
    boolean awaitIdle(long nanos) {
        lock.lock();
        try {
            return await(idle, () -> !dirty && !working, nanos);
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is taken any more: what is wanted now or later fails with this. */
    void ended(StorageException why) {
        Taken rest;
        lock.lock();
        try {
            end = why;
            rest = takeAll();
            working = false;
            dirty = false;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
        rest.refuse(why);
    }

    /** Waits until nothing is taken any more; {@return whether that came true in time} */
    boolean awaitEnded(long nanos) {
        lock.lock();
        try {
            return await(idle, () -> end != null, nanos);
        } finally {
            lock.unlock();
        }
    }

    /** Waits, whatever interrupts, and keeps the flag; the lock is held. {@return whether it came true in time} */
    static boolean await(Condition condition, BooleanSupplier wanted, long nanos) {
        long start = System.nanoTime();
        boolean interrupted = false;
        try {
            while (!wanted.getAsBoolean()) {
                long left = nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return false;
                }
                try {
                    condition.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
