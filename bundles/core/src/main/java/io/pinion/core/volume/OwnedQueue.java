package io.pinion.core.volume;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.IoQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whose turn it is at a queue: its owner's, the thread that made it, while gate and queue are open, and of whoever holds
 * {@link #closedGate} while gate or queue is closed.
 *
 * <p>The owner says that it is {@link #inside} before it looks at them, and whoever closed one looks whether it is inside
 * afterwards, so that the two never overlap, and an open gate costs no lock. What a closing thread leaves to an owner that
 * is inside, the owner does when it leaves.
 *
 * <p>A driver's queue may hang whoever calls it. Nobody but the owner calls it on a thread that has other things to do;
 * while somebody else is {@link #outside}, the owner waits, as long as its own call allows, whatever the gate does.
 *
 * <p>A superclass and not a part, because the owner says so with every operation: its word is in the queue itself.
 */
abstract class OwnedQueue implements IoQueue {
    /** For what takes microseconds, unless a driver hangs or the machine is busy. */
    private static final long BRIEF_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

    private final Thread owner = Thread.currentThread();
    private final Background background;
    private final ReentrantLock closedGate = new ReentrantLock();
    /** Whether another thread than the owner's is at a driver's queue, from which it may not return. */
    private final AtomicBoolean outside = new AtomicBoolean();

    private volatile boolean inside;
    private volatile boolean closed;

    /** @param background for others than the owner, where a driver is called */
    OwnedQueue(Background background) {
        this.background = background;
    }

    /** {@return whether what the owner leaves to others is to call a driver, who may not return} */
    abstract boolean callsADriver();

    /** Gives back what the queue holds, as far as it may be given back by now and on this thread; whose turn it is calls. */
    abstract void dispose();

    final boolean isOwner() {
        return Thread.currentThread() == owner;
    }

    final boolean isOwnerAlive() {
        return owner.isAlive();
    }

    final String ownerName() {
        return owner.getName();
    }

    final boolean isClosed() {
        return closed;
    }

    final boolean isOutside() {
        return outside.get();
    }

    final boolean isNobodyAtIt() {
        return !inside && !outside.get();
    }

    /** Refuses whoever is not the owner, and every call of a queue that is closed. */
    final void checkCaller(String operation) throws StorageException {
        if (!isOwner()) {
            String detail = "the queue belongs to thread " + owner.getName() + ", which opened it";
            throw StorageException.of(Kind.WRONG_THREAD, operation, detail).build();
        }
        if (closed) {
            disposeUnlessInside();
            throw closed(operation);
        }
    }

    static StorageException closed(String operation) {
        return StorageException.of(Kind.CLOSED, operation, "the queue is closed")
                .build();
    }

    /** The owner comes in for what only a closed queue forbids; it is to {@link #leave}. */
    final void enter(String operation) throws StorageException {
        checkCaller(operation);
        comeIn();
        if (closed) {
            leave();
            throw closed(operation);
        }
    }

    /** The owner says that it is inside; only then it looks at gate, {@link #isClosed} and {@link #isOutside}. */
    final void comeIn() {
        inside = true;
    }

    final void leave() {
        inside = false;
        if (closed) {
            disposeUnlessInside();
        }
    }

    /** Waits for whoever is outside; {@return whether the lock is held} An interrupt ends the wait, and stays. */
    final boolean lock(long nanos) {
        try {
            return closedGate.tryLock() || closedGate.tryLock(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits briefly for the owner too; {@return whether nobody is at the queue, and the lock is held} */
    final boolean lockBriefly() {
        long start = System.nanoTime();
        while (!isNobodyAtIt() && System.nanoTime() - start < BRIEF_NANOS) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return isNobodyAtIt() && lock(BRIEF_NANOS);
    }

    final void unlock() {
        closedGate.unlock();
    }

    /** Does what the owner leaves to others, unless it is inside: here, or on another thread where a driver is called. */
    final void fromOutside(Runnable work) {
        if (callsADriver()) {
            aside(work);
        } else {
            unlessInside(work);
        }
    }

    /** Does on another thread what calls a driver, or beside which the owner may not come in. */
    final void aside(Runnable work) {
        if (outside.compareAndSet(false, true)) {
            try {
                background.run(() -> {
                    try {
                        unlessInside(work);
                    } finally {
                        outside.set(false);
                    }
                });
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                outside.set(false);
            }
        }
    }

    final void awaitOutsideBriefly() {
        long start = System.nanoTime();
        while (outside.get() && System.nanoTime() - start < BRIEF_NANOS) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void unlessInside(Runnable work) {
        if (inside || !closedGate.tryLock()) {
            return;
        }
        try {
            work.run();
        } finally {
            closedGate.unlock();
        }
    }

    /** Closes the queue if its owner has ended, and lets go of what has become quiet. */
    final void sweep() {
        if (!owner.isAlive()) {
            close();
        } else if (closed) {
            disposeUnlessInside();
        }
    }

    @Override
    public final void close() {
        closed = true;
        disposeUnlessInside();
    }

    private void disposeUnlessInside() {
        if (isOwner()) {
            unlessInside(this::dispose);
        } else {
            fromOutside(this::dispose);
        }
    }
}
