package io.pinion.linux.uring;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does what can't go on a ring, by the channel's own transfers on threads of the queue, and counts an eventfd(2) up for each
 * that is over: the ring reads that, so that its owner wakes. Used by whoever's turn it is at the queue, save
 * {@link #isIdle}.
 */
final class Aside {
    private static final int MOST_THREADS = 8;
    private static final int COUNTER = 8;

    private final SystemCalls calls;
    private final PositionalChannel channel;
    private final int counter;
    private final ByteBuffer one = ByteBuffer.allocateDirect(COUNTER).order(ByteOrder.nativeOrder());
    private final Queue<QueueSlot> over = new ConcurrentLinkedQueue<>();
    private final Runnable onLeft;
    /** Operations whose buffers a thread may touch, and threads that may touch the counter. */
    private final AtomicInteger running = new AtomicInteger();

    private final AtomicInteger inside = new AtomicInteger();
    private final ThreadPoolExecutor threads;

    /** @param onLeft called by each thread that has done something, when it is past it */
    Aside(SystemCalls calls, PositionalChannel channel, Runnable onLeft) throws StorageException {
        this.calls = calls;
        this.onLeft = onLeft;
        this.channel = channel;
        counter = calls.eventfd(0, Linux.EFD_CLOEXEC);
        if (counter < 0) {
            throw Errno.failure("open queue", counter).build();
        }
        one.putLong(0, 1);
        threads = new ThreadPoolExecutor(
                MOST_THREADS, MOST_THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "pinion-queue-aside");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** {@return what the ring reads eight bytes of to learn that something is over} */
    int counter() {
        return counter;
    }

    /** Has the rest of an operation done. */
    void start(QueueSlot slot) {
        running.incrementAndGet();
        inside.incrementAndGet();
        try {
            threads.execute(() -> run(slot));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            slot.error = StorageException.of(Kind.NO_RESOURCES, "queue", "no thread can be had: " + e.getMessage())
                    .cause(e)
                    .build();
            end(slot);
        }
    }

    private void run(QueueSlot slot) {
        try {
            transfer(slot);
        } catch (StorageException e) {
            slot.error = e.afterTransferring(slot.done);
        } catch (RuntimeException | Error e) {
            // Whatever it was: the operation completes, and the thread goes on.
            slot.error = StorageException.of(Kind.STRATEGY_FAULT, "queue", "the strategy threw " + e)
                    .cause(e)
                    .build();
        } finally {
            end(slot);
        }
    }

    /** A view, because position and limit of the application's buffer are not ours. */
    private void transfer(QueueSlot slot) throws StorageException {
        int start = slot.index + slot.done;
        ByteBuffer view = slot.buffer.duplicate();
        view.limit(slot.index + slot.length).position(start);
        long position = slot.position + slot.done;
        int count = slot.operation == QueueSlot.READ
                ? channel.read(view, position, slot.flags)
                : channel.write(view, position, slot.flags);
        slot.done = count < 0 && slot.done > 0 ? slot.done : slot.done + count;
    }

    private void end(QueueSlot slot) {
        running.decrementAndGet();
        over.add(slot);
        wake();
        inside.decrementAndGet();
        onLeft.run();
    }

    /** Has the ring's read of the counter complete. */
    void wake() {
        calls.write(counter, one, 0, COUNTER);
    }

    /** {@return the next operation that is over; null when there is none} */
    QueueSlot next() {
        return over.poll();
    }

    /** {@return whether no thread is at a transfer} Any thread may ask. */
    boolean isIdle() {
        return running.get() == 0;
    }

    /** {@return whether every thread is past all that it has to do with the queue} Any thread may ask. */
    boolean isLeft() {
        return inside.get() == 0;
    }

    /** What was begun goes on. */
    void stop() {
        threads.shutdown();
    }

    /** Gives the rest back, of one that is left and stopped. */
    void release() {
        calls.close(counter);
    }
}
