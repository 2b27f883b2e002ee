package io.pinion.core.volume;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Calls into drivers, and into the operating system, that may not return: on a thread of their own, waited for no longer
 * than their bound. Several in a row share the thread, because changing threads takes longer than most of them.
 */
public final class BoundedCalls {
    /** The bound of calls that have none of the volume's: examine, open, close. */
    public static final long DRIVER_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** A step may shorten the bound while it is waited for. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Background background;

    public BoundedCalls(Background background) {
        this.background = background;
    }

    /** What is called. */
    public interface Action {
        void run() throws StorageException;
    }

    /** What is called step by step: it announces each step before it takes it. */
    public interface Sequence<T> {
        T run(Steps steps) throws StorageException;
    }

    /** A call that was begun. */
    public interface Begun<T> {
        /** {@return its result} Waits until the bound is over that began with the call. Throws as {@link #call}. */
        T await() throws StorageException;
    }

    /** The step that is being taken. */
    public static final class Steps {
        private volatile String step;
        private volatile long bound;
        private volatile long deadline;
        private boolean abandoned;

        private Steps(String first, long nanos) {
            step = first;
            bound = nanos;
            deadline = System.nanoTime() + nanos;
        }

        /** Announces the next step, and its bound; stops there when nobody waits any more. */
        public synchronized void next(String newStep, long nanos) throws StorageException {
            if (abandoned) {
                throw timeout();
            }
            step = newStep;
            bound = nanos;
            deadline = System.nanoTime() + nanos;
        }

        /** {@return whether it took too long, so that no further step is taken} */
        private synchronized boolean abandonIfLate() {
            abandoned = deadline - System.nanoTime() <= 0;
            return abandoned;
        }

        private StorageException timeout() {
            long millis = TimeUnit.NANOSECONDS.toMillis(bound);
            String within = millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
            return StorageException.of(
                            Kind.TIMEOUT, step, "no answer within " + within + "; the call hangs and was abandoned")
                    .build();
        }
    }

    /** Calls something without a result, and waits up to so many nanoseconds. Throws as {@link #call}. */
    public void run(String operation, long nanos, Action action) throws StorageException {
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
    public <T> T call(String operation, long nanos, Callable<T> action, Consumer<T> late) throws StorageException {
        return begin(operation, nanos, action, late).await();
    }

    /** Calls, without waiting yet: several calls that were begun are waited for together. */
    public <T> Begun<T> begin(String operation, long nanos, Callable<T> action, Consumer<T> late) {
        Steps steps = new Steps(operation, nanos);
        CompletableFuture<T> result = background.stage(action).toCompletableFuture();
        return () -> await(steps, result, late);
    }

    /** Calls several things in a row, and waits for each up to the bound that it announces. Throws as {@link #call}. */
    public <T> T sequence(Sequence<T> sequence) throws StorageException {
        Steps steps = new Steps("start", DRIVER_NANOS);
        return await(steps, background.stage(() -> sequence.run(steps)).toCompletableFuture(), late -> {});
    }

    private static <T> T await(Steps steps, CompletableFuture<T> result, Consumer<T> late) throws StorageException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    long left = steps.deadline - System.nanoTime();
                    return result.get(Math.min(left, LOOK_NANOS), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (TimeoutException e) {
                    if (steps.abandonIfLate()) {
                        result.thenAccept(late);
                        throw steps.timeout();
                    }
                } catch (ExecutionException e) {
                    throw failure(steps.step, e.getCause());
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
