package io.pinion.tck;

import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A driver's queue that does its work in {@link #submit}, on the caller's thread and in order. A fault on
 * {@link Call#COMPLETE} strikes what becomes of the completions. Like every wrapper of a test it may allocate.
 */
final class FaultyQueue implements ChannelQueue {
    private final PositionalChannel channel;
    private final Faults faults;
    private final int depth;
    private final boolean ownerBound;
    private final Thread owner = Thread.currentThread();
    private final Deque<Operation> prepared = new ArrayDeque<>();
    private final Deque<Completion> done = new ArrayDeque<>();
    private final List<Held> held = new CopyOnWriteArrayList<>();
    private volatile boolean performing;

    /** One operation; length -1 is a flush. */
    private record Operation(
            boolean reading,
            ByteBuffer buffer,
            int index,
            int length,
            long position,
            long token,
            TransferFlags flags) {}

    private record Completion(long token, int transferred, StorageException error) {
        void deliver(CompletionSink sink) {
            if (error == null) {
                sink.completed(token, transferred);
            } else {
                sink.failed(token, error);
            }
        }
    }

    /** A completion that a fault holds back. */
    private record Held(Completion completion, Fault by) {}

    FaultyQueue(PositionalChannel channel, Faults faults, int depth, boolean ownerBound) {
        this.channel = channel;
        this.faults = faults;
        this.depth = depth;
        this.ownerBound = ownerBound;
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public boolean isOwnerBound() {
        return ownerBound;
    }

    @Override
    public synchronized void read(
            ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        prepare(new Operation(true, buffer, index, length, position, token, flags));
    }

    @Override
    public synchronized void write(
            ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        prepare(new Operation(false, buffer, index, length, position, token, flags));
    }

    @Override
    public synchronized void flush(long token) {
        prepare(new Operation(false, null, 0, -1, -1, token, TransferFlags.NONE));
    }

    private void prepare(Operation operation) {
        requireOwner();
        if (pending() >= depth) {
            throw new IllegalStateException("more than depth=" + depth + " operations are pending");
        }
        prepared.add(operation);
    }

    @Override
    public synchronized int submit(int minimum, long timeoutNanos) throws StorageException {
        requireOwner();
        faults.strike(Call.SUBMIT, "submit");
        performing = true;
        try {
            while (!prepared.isEmpty()) {
                complete(perform(prepared.remove()));
            }
        } finally {
            performing = false;
        }
        long end = System.nanoTime() + timeoutNanos;
        release();
        while (done.size() < Math.min(minimum, pending())
                && System.nanoTime() - end < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, TimeUnit.MICROSECONDS.toNanos(100));
            release();
        }
        return done.size();
    }

    private Completion perform(Operation o) {
        try {
            if (o.length < 0) {
                channel.flush();
                return new Completion(o.token, 0, null);
            }
            ByteBuffer view = o.buffer.duplicate();
            view.limit(o.index + o.length).position(o.index);
            int transferred =
                    o.reading ? channel.read(view, o.position, o.flags) : channel.write(view, o.position, o.flags);
            return new Completion(o.token, transferred, null);
        } catch (StorageException e) {
            return new Completion(o.token, 0, e);
        }
    }

    private void complete(Completion completion) throws StorageException {
        Fault fault = faults.next(Call.COMPLETE);
        if (fault == null) {
            done.add(completion);
            return;
        }
        switch (fault.effect()) {
            case FAIL, FAIL_PARTLY ->
                done.add(new Completion(completion.token, 0, fault.failure("complete", -1, -1, fault.value())));
            case LIE -> done.add(new Completion(completion.token, fault.value(), null));
            case REPEAT -> {
                done.add(completion);
                done.add(completion);
            }
            case HANG -> held.add(new Held(completion, fault));
            default -> {
                fault.before("complete", -1, -1);
                done.add(completion);
            }
        }
    }

    private void release() {
        held.removeIf(h -> h.by.isReleased() && done.add(h.completion));
    }

    /** Ends what is not submitted; the rest is done by then. */
    @Override
    public synchronized void cancel(long token) {
        requireOwner();
        for (Operation o : List.copyOf(prepared)) {
            if (o.token == token && o.length >= 0) {
                prepared.remove(o);
                done.add(new Completion(token, 0, cancelled(o)));
            }
        }
    }

    private static StorageException cancelled(Operation o) {
        return StorageException.of(Kind.CANCELLED, o.reading ? "read" : "write", "cancelled before it began")
                .range(o.position, o.length)
                .build();
    }

    @Override
    public synchronized int poll(CompletionSink sink) {
        requireOwner();
        release();
        int delivered = 0;
        for (; !done.isEmpty(); delivered++) {
            done.remove().deliver(sink);
        }
        return delivered;
    }

    @Override
    public synchronized int pending() {
        return prepared.size() + done.size() + held.size();
    }

    @Override
    public boolean isQuiet() {
        return !performing && held.stream().allMatch(h -> h.by.isReleased());
    }

    @Override
    public synchronized void close() {
        if (owner.isAlive() && pending() > 0) {
            requireOwner();
        }
        prepared.clear();
        done.clear();
    }

    private void requireOwner() {
        if (ownerBound && Thread.currentThread() != owner) {
            throw new IllegalStateException("this queue is " + owner.getName() + "'s, and not "
                    + Thread.currentThread().getName() + "'s");
        }
    }
}
