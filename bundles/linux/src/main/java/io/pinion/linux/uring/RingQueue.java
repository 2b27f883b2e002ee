package io.pinion.linux.uring;

import io.pinion.linux.SystemCalls;
import io.pinion.memory.BufferLease;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A driver's queue on io_uring(7). What its {@link QueuedTransfers} admit goes on a ring, from and to the caller's
 * memory; all else, and what a ring did in part or refused, is done aside by the channel itself. A flush goes on the ring
 * when the writes prepared before it are over. It is a ring that any thread may call; reads of the thread that opened the queue have
 * {@linkplain OwnReads another}, which costs less, and an open file description of their own.
 *
 * <p>For all else the queue has an open file description of its own, so that it is told of every write-back that failed since (fsync(2)),
 * whoever else flushes; and another, with O_DSYNC, for durable writes, which may be told of it, too. Any thread may call, one at a time; {@link #isQuiet} and {@link #releaseCompleted} any thread at any
 * time. See docs/decisions/0015.
 */
public final class RingQueue implements ChannelQueue {
    /** After so long a wait looks whether its thread was interrupted, and what is on the other ring. */
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final QueuedTransfers transfers;
    private final IoUring ring;
    private final QueueSlots slots;
    private final Aside aside;
    private final Straight straight;
    private final OwnReads own;
    private final Detours detours;
    private final QueueFlushes flushes;
    private final QueueCompletions completions;
    private final RingCompletion onShown;
    private final AtomicInteger watching = new AtomicInteger();
    private final AtomicBoolean letGo = new AtomicBoolean();
    private volatile boolean closed;
    private long writesPrepared;

    private RingQueue(SystemCalls calls, IoUring ring, QueueSlots slots, QueuedTransfers transfers, int file, int flags)
            throws StorageException {
        this.ring = ring;
        this.slots = slots;
        this.transfers = transfers;
        aside = new Aside(calls, transfers.channel(), this::letGo);
        straight = new Straight(calls, ring, slots, transfers);
        detours = new Detours(calls, aside, straight, slots, QueueCompletions.WAKE);
        flushes = new QueueFlushes(slots, straight);
        own = new OwnReads(calls, slots, transfers, file, flags);
        completions = new QueueCompletions(transfers, slots, flushes, detours, own);
        onShown = completions::shown;
    }

    /**
     * Opens a queue. The thread that calls is the one whose requests the kernel will take them for as long as it submits, and whose
     * reads alone have a ring of their own.
     *
     * @param file a descriptor of what to transfer from and to, which is opened again: its path in /proc, and so the same
     *     file, with the flags given here
     * @param flags O_… of open(2)
     * @param depth how many operations it holds
     * @throws StorageException why there is none, as {@link IoUring#open}; then nothing is held
     */
    public static RingQueue open(SystemCalls calls, int file, int flags, QueuedTransfers transfers, int depth)
            throws StorageException {
        // Each operation and its cancelling, the counter of what was done aside, and a flush.
        RingOptions options = RingOptions.entries(2 * depth + 2)
                .files(QueueFiles.COUNT)
                .shared()
                .buffers(RegisteredArenas.MOST);
        IoUring ring = IoUring.open(calls, options);
        try {
            QueueFiles.register(calls, ring, file, flags);
            return new RingQueue(calls, ring, new QueueSlots(depth), transfers, file, flags);
        } catch (StorageException | RuntimeException | Error e) {
            // Memory for buffers may be exhausted, too.
            ring.close();
            throw e;
        }
    }

    @Override
    public int depth() {
        return slots.depth;
    }

    @Override
    public void read(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        prepare(QueueSlot.READ, buffer, null, index, length, position, token, flags);
    }

    @Override
    public void read(BufferLease lease, int index, int length, long position, long token, TransferFlags flags) {
        prepare(QueueSlot.READ, lease.buffer(), lease, index, length, position, token, flags);
    }

    @Override
    public void write(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
        prepare(QueueSlot.WRITE, buffer, null, index, length, position, token, flags);
    }

    @Override
    public void write(BufferLease lease, int index, int length, long position, long token, TransferFlags flags) {
        prepare(QueueSlot.WRITE, lease.buffer(), lease, index, length, position, token, flags);
    }

    @Override
    public void flush(long token) {
        QueueSlot slot = slots.take(QueueSlot.FLUSH, token, TransferFlags.NONE);
        slot.writesBefore = writesPrepared;
        flushes.add(slot);
        own.refrain();
    }

    private void prepare(
            byte operation,
            ByteBuffer buffer,
            BufferLease lease,
            int index,
            int length,
            long position,
            long token,
            TransferFlags flags) {
        QueueSlot slot = slots.take(operation, token, flags);
        slot.buffer = buffer;
        slot.index = index;
        slot.length = length;
        slot.position = position;
        if (operation == QueueSlot.WRITE) {
            slot.writesBefore = writesPrepared++;
        }
        int admission = straight.admit(slot);
        if (operation == QueueSlot.READ && admission == QueuedTransfers.FREELY && own.takesNext()) {
            own.prepare(slot, lease);
        } else if (admission == QueuedTransfers.ASIDE) {
            completions.detour(slot);
        } else {
            straight.prepare(slot, lease, admission);
            if (operation == QueueSlot.WRITE) {
                own.refrain();
            }
        }
    }

    @Override
    public int submit(int minimum, long timeoutNanos) throws StorageException {
        requireOpen("submit");
        straight.dropRetiring();
        own.enter();
        int wanted = Math.min(minimum, pending());
        long start = timeoutNanos > 0 && wanted > slots.ready.size() ? System.nanoTime() : 0;
        long left = timeoutNanos;
        while (true) {
            startWhatWaits();
            int missing = wanted - slots.ready.size();
            if (missing <= 0 || left <= 0 || Thread.currentThread().isInterrupted()) {
                enterKernel(0, 0);
                reap();
                return slots.ready.size();
            }
            enterKernel(missing, Math.min(left, SLICE_NANOS));
            reap();
            left = timeoutNanos - (System.nanoTime() - start);
        }
    }

    /**
     * Hands over, and waits for so many; with something on both rings for one of the owner's reads, so that the other is looked at
     * again soon.
     */
    private void enterKernel(int missing, long nanos) throws StorageException {
        if (!own.isBusy()) {
            ring.submit(comesOneByOne() ? 1 : missing, nanos);
            return;
        }
        boolean alone = ring.pending() == 0;
        long left = !alone && ring.submit(0, 0) > 0 ? 0 : nanos;
        if (own.isCallers()) {
            own.submit(alone && !comesOneByOne() ? missing : 1, left);
        } else {
            own.await(left);
        }
    }

    /** What is reaped may be what others wait for: what runs aside, or a flush. */
    private boolean comesOneByOne() {
        return detours.areRunning() || !flushes.isEmpty();
    }

    private void startWhatWaits() {
        detours.start();
        flushes.startNext();
    }

    private void reap() throws StorageException {
        own.reap(completions, detours);
        if (ring.pending() > 0) {
            ring.reap(completions);
        }
        detours.reap();
        if (!detours.areRunning()) {
            endWake();
        }
    }

    /** With nothing pending the ring is to be quiet. */
    private void endWake() throws StorageException {
        if (detours.wake()) {
            ring.reap(completions);
        }
    }

    @Override
    public void cancel(long token) {
        for (QueueSlot slot : slots.all) {
            if (slot.underWay && slot.token == token && slot.operation != QueueSlot.FLUSH && !slot.cancelled) {
                slot.cancelled = true;
                if (slot.isOwners) {
                    own.prepareCancel(slot, QueueCompletions.CANCEL);
                } else if (slot.onRing) {
                    straight.prepareCancel(slot, QueueCompletions.CANCEL);
                }
            }
        }
    }

    @Override
    public int poll(CompletionSink sink) throws StorageException {
        requireOpen("poll");
        reap();
        int delivered = 0;
        while (!slots.ready.isEmpty()) {
            QueueSlot slot = slots.of(slots.ready.take());
            long token = slot.token;
            int done = slot.done;
            StorageException error = slot.error;
            slots.give(slot);
            delivered++;
            if (error == null) {
                sink.completed(token, done);
            } else {
                sink.failed(token, error);
            }
        }
        return delivered;
    }

    @Override
    public int pending() {
        return slots.depth - slots.free.size();
    }

    /** {@return what its owner should know: each fallback, with its reason} Any thread. */
    public Stream<String> notes() {
        return Stream.of(
                        noted("leased buffers go unregistered: ", refusal()),
                        noted("reads go on the ring that writes go on: ", sharing()))
                .filter(note -> !note.isEmpty());
    }

    private static String noted(String fallback, String reason) {
        return reason.isEmpty() ? "" : fallback + reason;
    }

    /** {@return why operations with leases do not go from and to registered memory; empty where they do} Any thread. */
    String refusal() {
        String refusal = own.refusal();
        return refusal.isEmpty() ? straight.refusal() : refusal;
    }

    /** {@return why reads go on the ring that writes go on; empty where they have their own} Any thread. */
    String sharing() {
        return own.absence();
    }

    /**
     * Gives back to the driver what it admitted operations with that are over, though nobody has reaped them yet: for a
     * thread that waits for it, and cannot wait for the queue's owner to call.
     */
    public void releaseCompleted() {
        watching.incrementAndGet();
        try {
            if (!closed) {
                ring.show(onShown);
                return;
            }
        } finally {
            watching.decrementAndGet();
        }
        isQuiet();
    }

    private void requireOpen(String operation) throws StorageException {
        if (closed) {
            throw StorageException.of(Kind.CLOSED, operation, "the queue is closed")
                    .build();
        }
    }

    /** {@return whether it is closed, and nothing of it is left} Any thread. */
    public boolean isGone() {
        return isQuiet() && letGo.get();
    }

    @Override
    public boolean isQuiet() {
        // In this order: nothing is submitted any more when it is found closed, so that what is quiet then stays so.
        boolean over = closed;
        // Of both, for what is quiet gives its last descriptor back.
        boolean done = ring.isQuiet() & own.isQuiet();
        if (over && done) {
            // What runs aside may be waiting for just these.
            completions.leaveAll();
        }
        boolean quiet = aside.isIdle() && done;
        if (quiet) {
            letGo();
        }
        return quiet;
    }

    /** Gives back what is left of a queue that is closed and that nobody is at, once. */
    private void letGo() {
        if (closed && aside.isLeft() && ring.isQuiet() && own.isQuiet() && letGo.compareAndSet(false, true)) {
            completions.leaveAll();
            try {
                straight.release();
                own.release();
            } finally {
                aside.release();
            }
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>What was submitted goes on, as it may be somebody's last write; with its ring the kernel would cancel what it has not
     * begun. So this waits for it, for a second at most, and then for nothing. Reads on their own ring end with that.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            own.end();
            reap();
            finishSubmitted();
            endWake();
        } catch (StorageException | RuntimeException | Error e) {
            // The queue is broken. When its ring has been closed the kernel cancels what is left.
            aside.wake();
        }
        closed = true;
        while (watching.get() > 0) {
            // Whoever watches looks at a few words of memory and goes.
            Thread.onSpinWait();
        }
        aside.stop();
        ring.close();
        own.close();
        isQuiet();
    }

    private void finishSubmitted() throws StorageException {
        long begin = System.nanoTime();
        boolean interrupted = Thread.interrupted();
        try {
            while (slots.ready.size() < pending() && System.nanoTime() - begin < CLOSE_NANOS) {
                startWhatWaits();
                enterKernel(1, SLICE_NANOS);
                reap();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
