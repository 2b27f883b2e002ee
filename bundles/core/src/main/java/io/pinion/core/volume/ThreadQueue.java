package io.pinion.core.volume;

import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The queue of a channel that has none of its own: threads that call its transfers. Any thread may drive it. Everything is
 * guarded by one lock, which is not held during a transfer.
 */
final class ThreadQueue implements ChannelQueue {
    private static final int MOST_WORKERS = 8;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int FREE = 0;
    private static final int WAITING = 1;
    private static final int DONE = 2;

    private final Tenure serving;
    private final PositionalChannel channel;
    private final GatedVolume volume;
    private final int mostWorkers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition completion = lock.newCondition();
    private final Operation[] operations;
    private final Slots.Ring free;
    private final Slots.Ring prepared;
    private final Slots.Ring runnable;
    private final Slots.Ring blockedFlushes;
    private final Slots.Ring done;
    private int workers;
    private int idle;
    private int running;
    private long writesPrepared;
    private boolean closed;

    ThreadQueue(Tenure serving, GatedVolume volume, int depth) {
        this.serving = serving;
        this.channel = serving.positional();
        this.volume = volume;
        this.mostWorkers = Math.min(depth, MOST_WORKERS);
        operations = new Operation[depth];
        free = new Slots.Ring(depth);
        prepared = new Slots.Ring(depth);
        runnable = new Slots.Ring(depth);
        blockedFlushes = new Slots.Ring(depth);
        done = new Slots.Ring(depth);
        for (int i = 0; i < depth; i++) {
            operations[i] = new Operation();
            free.add(i);
        }
    }

    /** One operation; made once, used again and again. */
    private static final class Operation {
        byte what;
        ByteBuffer buffer;
        int index;
        int length;
        long position;
        long token;
        TransferFlags flags;
        long writesBefore;
        int state;
        int result;
        StorageException error;
    }

    @Override
    public int depth() {
        return operations.length;
    }

    @Override
    public void read(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        prepare(Slot.READ, buffer, index, length, position, token, flags);
    }

    @Override
    public void write(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        prepare(Slot.WRITE, buffer, index, length, position, token, flags);
    }

    @Override
    public void flush(long token) {
        prepare(Slot.FLUSH, null, 0, 0, 0, token, TransferFlags.NONE);
    }

    private void prepare(
            byte what, ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        lock.lock();
        try {
            int slot = free.take();
            Operation o = operations[slot];
            o.what = what;
            o.buffer = buffer;
            o.index = index;
            o.length = length;
            o.position = position;
            o.token = token;
            o.flags = flags;
            o.state = WAITING;
            o.error = null;
            o.writesBefore = what == Slot.WRITE ? writesPrepared++ : writesPrepared;
            prepared.add(slot);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int submit(int minimum, long timeoutNanos) {
        lock.lock();
        try {
            while (!prepared.isEmpty()) {
                int slot = prepared.take();
                if (operations[slot].what == Slot.FLUSH && oldestWrite() < operations[slot].writesBefore) {
                    blockedFlushes.add(slot);
                } else {
                    runnable.add(slot);
                }
            }
            wakeWorkers();
            long left = timeoutNanos;
            int wanted = Math.min(minimum, pending());
            while (done.size() < wanted && left > 0) {
                left = completion.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return done();
    }

    private int done() {
        lock.lock();
        try {
            return done.size();
        } finally {
            lock.unlock();
        }
    }

    private void wakeWorkers() {
        for (int woken = 0; woken < Math.min(runnable.size(), idle); woken++) {
            work.signal();
        }
        for (int spare = idle; workers < mostWorkers && runnable.size() > spare; spare++) {
            startWorker();
        }
    }

    private void startWorker() {
        workers++;
        try {
            volume.background().run(this::serve);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            workers--;
            if (workers == 0) {
                failWhatNobodyRuns(e);
            }
        }
    }

    private void failWhatNobodyRuns(Throwable cause) {
        runnable.addAll(blockedFlushes);
        while (!runnable.isEmpty()) {
            int slot = runnable.take();
            operations[slot].state = DONE;
            operations[slot].error = StorageException.of(
                            StorageException.Kind.NO_RESOURCES, "queue", "no thread can be had: " + cause.getMessage())
                    .cause(cause)
                    .build();
            done.add(slot);
        }
        completion.signalAll();
    }

    /** {@return the number of the oldest write that is not done; beyond all when there is none} */
    private long oldestWrite() {
        long oldest = Long.MAX_VALUE;
        for (Operation o : operations) {
            if (o.state == WAITING && o.what == Slot.WRITE) {
                oldest = Math.min(oldest, o.writesBefore);
            }
        }
        return oldest;
    }

    private void serve() {
        for (int slot = next(); slot >= 0; slot = next()) {
            Operation o = operations[slot];
            try {
                o.result = transfer(o);
            } catch (StorageException e) {
                o.error = e;
            } catch (RuntimeException | Error e) {
                // Whatever it was: the operation completes, and the worker goes on.
                o.error = StorageException.of(StorageException.Kind.STRATEGY_FAULT, "queue", "the strategy threw " + e)
                        .cause(e)
                        .build();
            }
            finish(slot);
        }
    }

    /** {@return the next operation, which now runs; -1 when there is none for long enough that the worker ends} */
    private int next() {
        lock.lock();
        try {
            idle++;
            long left = IDLE_NANOS;
            while (runnable.isEmpty() && !closed && left > 0) {
                left = work.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts these threads but a driver by mistake: go on with what there is.
            return take();
        } finally {
            idle--;
            lock.unlock();
        }
        return take();
    }

    private int take() {
        lock.lock();
        try {
            if (runnable.isEmpty()) {
                workers--;
                return -1;
            }
            running++;
            return runnable.take();
        } finally {
            lock.unlock();
        }
    }

    private void finish(int slot) {
        lock.lock();
        try {
            running--;
            end(slot);
        } finally {
            lock.unlock();
        }
    }

    private void end(int slot) {
        operations[slot].state = DONE;
        operations[slot].buffer = null;
        done.add(slot);
        if (operations[slot].what == Slot.WRITE) {
            releaseFlushes();
        }
        completion.signalAll();
    }

    private int transfer(Operation o) throws StorageException {
        if (o.what == Slot.FLUSH) {
            volume.flush(serving);
            return 0;
        }
        // A view, because position and limit of the application's buffer are not ours: the one allocation of this
        // queue.
        ByteBuffer view = o.buffer.duplicate();
        view.limit(o.index + o.length).position(o.index);
        return o.what == Slot.READ ? channel.read(view, o.position, o.flags) : channel.write(view, o.position, o.flags);
    }

    private void releaseFlushes() {
        for (int waiting = blockedFlushes.size(); waiting > 0; waiting--) {
            int slot = blockedFlushes.take();
            if (oldestWrite() < operations[slot].writesBefore) {
                blockedFlushes.add(slot);
            } else {
                runnable.add(slot);
            }
        }
        wakeWorkers();
    }

    /** What waits for a thread does not begin. */
    @Override
    public void cancel(long token) {
        lock.lock();
        try {
            for (int waiting = runnable.size(); waiting > 0; waiting--) {
                int slot = runnable.take();
                Operation o = operations[slot];
                if (o.token == token && o.what != Slot.FLUSH) {
                    o.error = StorageException.of(StorageException.Kind.CANCELLED, "queue", "cancelled before it began")
                            .range(o.position, o.length)
                            .build();
                    end(slot);
                } else {
                    runnable.add(slot);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int poll(CompletionSink sink) {
        int delivered = 0;
        while (true) {
            lock.lock();
            long token;
            int result;
            StorageException error;
            try {
                if (done.isEmpty()) {
                    return delivered;
                }
                int slot = done.take();
                token = operations[slot].token;
                result = operations[slot].result;
                error = operations[slot].error;
                operations[slot].state = FREE;
                free.add(slot);
            } finally {
                lock.unlock();
            }
            delivered++;
            if (error == null) {
                sink.completed(token, result);
            } else {
                sink.failed(token, error);
            }
        }
    }

    @Override
    public int pending() {
        lock.lock();
        try {
            return operations.length - free.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isQuiet() {
        lock.lock();
        try {
            return running == 0 && prepared.isEmpty() && runnable.isEmpty() && blockedFlushes.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** What was submitted goes on: it may be somebody's last write. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            while (!prepared.isEmpty()) {
                operations[prepared.take()].state = DONE;
            }
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
