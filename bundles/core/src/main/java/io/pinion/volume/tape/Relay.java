package io.pinion.volume.tape;

import io.pinion.core.volume.Background;
import io.pinion.memory.BufferPool;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.Optional;

/**
 * Slots that go round in their order between their owner, the thread that uses a stream, and a worker, which moves the tape.
 * The owner gives slots and has them back once the worker is done with them. Nothing is allocated on the way: Java's monitors need
 * nothing to wait with.
 *
 * <p>The worker's thread ends when it has nothing to do for a second, and is started again when there is: a stream that nobody
 * closes keeps no thread. Whoever waits for the worker waits as long as the drive's operation takes, which alone knows its bound.
 */
final class Relay {
    private static final Background THREADS = new Background("tape");
    private static final long IDLE_NANOS = 1_000_000_000;

    /** What became of a slot. */
    enum Turn {
        /** Done, and on to the next. */
        NEXT,
        /** Done, and the worker ends. */
        LAST,
        /** Not done: it stays the worker's, which ends. */
        KEPT
    }

    /** What the worker does with each slot. Throws nothing. */
    interface Work {
        Turn on(RecordSlot slot);
    }

    private final RecordSlot[] slots;
    private final Work work;
    private long given;
    private long done;
    private boolean working;
    private boolean stopping;

    Relay(int count, Optional<BufferPool> pool, Work work) {
        slots = new RecordSlot[count];
        for (int i = 0; i < count; i++) {
            slots[i] = new RecordSlot(pool);
        }
        this.work = work;
    }

    /** Makes all buffers so large before there is a worker. */
    void reserve(int bytes) throws StorageException {
        try {
            for (RecordSlot slot : slots) {
                slot.reserve(bytes);
            }
        } catch (StorageException | RuntimeException | Error e) {
            release();
            throw e;
        }
    }

    /** Gives the memory of all slots back; when no worker is left. */
    void release() {
        for (RecordSlot slot : slots) {
            slot.release();
        }
    }

    /** Waits until the owner has a slot, or there is no worker. {@return whether it has one} */
    synchronized boolean awaitOwn() throws InterruptedException {
        while (!owns() && working) {
            wait();
        }
        return owns();
    }

    private boolean owns() {
        return given - done < slots.length;
    }

    /** {@return the owner's next slot, when it has one} */
    synchronized RecordSlot own() {
        return slots[(int) (given % slots.length)];
    }

    /** Gives the owner's next slot to the worker. {@return whether a worker is there to take it} */
    synchronized boolean give() {
        given++;
        notifyAll();
        return working;
    }

    /** Gives all slots that the owner has, before there is a worker. */
    synchronized void giveAll() {
        given = done + slots.length;
    }

    /** Waits until the worker has done all that it was given, or there is no worker. {@return whether it has} */
    synchronized boolean awaitDone() throws InterruptedException {
        while (given > done && working) {
            wait();
        }
        return given == done;
    }

    /** Waits as {@link #awaitDone()}, also when it is interrupted; the flag stays set. */
    boolean awaitDoneRegardless() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return awaitDone();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Has a worker go on where the last one ended. */
    void start() throws StorageException {
        synchronized (this) {
            working = true;
        }
        try {
            THREADS.run(this::run);
        } catch (OutOfMemoryError e) {
            finish(Turn.KEPT);
            throw StorageException.of(Kind.NO_RESOURCES, "start", "no thread can be had: " + e.getMessage())
                    .cause(e)
                    .build();
        }
    }

    private void run() {
        Turn turn = Turn.NEXT;
        while (turn == Turn.NEXT && awaitWork()) {
            turn = work.on(next());
            finish(turn);
        }
    }

    private synchronized boolean awaitWork() {
        long deadline = System.nanoTime() + IDLE_NANOS;
        try {
            for (long left = IDLE_NANOS; given == done && !stopping && left > 0; left = deadline - System.nanoTime()) {
                wait(left / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            // Not meant for this thread: its owner says it by other means.
        }
        if (stopping || given == done) {
            working = false;
            notifyAll();
            return false;
        }
        return true;
    }

    private synchronized RecordSlot next() {
        return slots[(int) (done % slots.length)];
    }

    private synchronized void finish(Turn turn) {
        if (turn != Turn.KEPT) {
            done++;
        }
        if (turn != Turn.NEXT) {
            working = false;
        }
        notifyAll();
    }

    /** Ends the worker after what it has in hand, and waits for that, also when the thread is interrupted. */
    void stop() {
        synchronized (this) {
            stopping = true;
            notifyAll();
        }
        awaitDoneRegardless();
    }

    /** {@return how many slots the owner has, the oldest of which {@link #own()} is} When there is no worker. */
    synchronized int owned() {
        return (int) (slots.length - (given - done));
    }

    /** {@return one of the slots that the owner has, 0 for the oldest} When there is no worker. */
    synchronized RecordSlot owned(int index) {
        return slots[(int) ((given + index) % slots.length)];
    }
}
