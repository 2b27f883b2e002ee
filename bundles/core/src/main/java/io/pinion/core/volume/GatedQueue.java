package io.pinion.core.volume;

import io.pinion.memory.BufferLease;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The queue that an application holds: what its owner stages, submits and polls, and what is done with the driver's queue
 * at a closed gate.
 *
 * <p>Who may touch what: free and delivering slots are the owner's alone, staged ones until the queue is closed. The rest,
 * in {@link QueueDriver}, is the owner's while the gate is open, and whoever's turn it is while gate or queue is closed;
 * {@link OwnedQueue} sees to that.
 */
final class GatedQueue extends OwnedQueue {
    private static final long CANCEL_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How long to wait at a closed gate for what is in flight, before looking whether it is waited for still. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Gate gate;
    private final GatedVolume volume;
    private final Queues queues;
    private final Slots slots;
    private final QueueDriver driver;
    private volatile boolean disposed;
    private volatile long lastCall = System.nanoTime();
    /** How many of the staged a submit has promised to hand over: it may have found the queue taken. The owner's alone. */
    private int owed;

    GatedQueue(GatedVolume volume, Gate gate, Queues queues, int depth) {
        super(volume.background());
        this.gate = gate;
        this.volume = volume;
        this.queues = queues;
        this.slots = new Slots(depth);
        this.driver = new QueueDriver(volume, gate, slots);
    }

    @Override
    public int depth() {
        return slots.depth;
    }

    @Override
    public int pending() {
        return slots.pending();
    }

    @Override
    public void read(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags)
            throws StorageException {
        Arguments.readInto(buffer);
        stage(Slot.READ, "read", buffer, null, index, length, position, token, flags);
    }

    @Override
    public void read(BufferLease lease, int index, int length, long position, long token, TransferFlags flags)
            throws StorageException {
        stage(Slot.READ, "read", lease.buffer(), lease, index, length, position, token, flags);
    }

    @Override
    public void write(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags)
            throws StorageException {
        Arguments.writable(volume, "write");
        stage(Slot.WRITE, "write", buffer, null, index, length, position, token, flags);
    }

    @Override
    public void write(BufferLease lease, int index, int length, long position, long token, TransferFlags flags)
            throws StorageException {
        Arguments.writable(volume, "write");
        stage(Slot.WRITE, "write", lease.buffer(), lease, index, length, position, token, flags);
    }

    @Override
    public void flush(long token) throws StorageException {
        enter("flush");
        try {
            checkRoom("flush");
            stage(Slot.FLUSH, token, TransferFlags.NONE);
        } finally {
            leave();
        }
    }

    private void stage(
            byte operation,
            String word,
            ByteBuffer buffer,
            BufferLease lease,
            int index,
            int length,
            long position,
            long token,
            TransferFlags flags)
            throws StorageException {
        Arguments.slice(word, buffer, index, length);
        Arguments.range(word, position, length);
        enter(word);
        try {
            checkRoom(word);
            if (lease != null) {
                hold(lease, word);
            }
            Slot slot = stage(operation, token, flags);
            slot.lease = lease;
            slot.buffer = buffer;
            slot.index = index;
            slot.length = length;
            slot.position = position;
        } finally {
            leave();
        }
    }

    private static void hold(BufferLease lease, String operation) throws StorageException {
        try {
            lease.hold();
        } catch (IllegalStateException e) {
            throw StorageException.of(Kind.INVALID_ARGUMENT, operation, "the lease is closed; lease another")
                    .cause(e)
                    .build();
        }
    }

    private Slot stage(byte operation, long token, TransferFlags flags) {
        Slot slot = slots.of(slots.free.take());
        slot.operation = operation;
        slot.cancellable = operation != Slot.FLUSH;
        slot.cancelled = false;
        slot.token = token;
        slot.flags = flags;
        slots.staged.add(slot.number);
        return slot;
    }

    private void checkRoom(String operation) throws StorageException {
        if (slots.free.isEmpty()) {
            String detail = "pending=" + pending() + " is depth=" + slots.depth + "; poll first";
            throw StorageException.of(Kind.QUEUE_FULL, operation, detail).build();
        }
    }

    @Override
    public int submit(int minimum, long timeoutNanos) throws StorageException {
        checkCaller("submit");
        owed = slots.staged.size();
        return advance(minimum, timeoutNanos);
    }

    @Override
    public int poll(CompletionSink sink) throws StorageException {
        checkCaller("poll");
        advance(0, 0);
        int delivered = 0;
        while (!slots.delivering.isEmpty()) {
            Slot slot = slots.of(slots.delivering.take());
            long token = slot.token;
            int result = slot.result;
            StorageException error = slot.error;
            slot.error = null;
            slots.free.add(slot.number);
            delivered++;
            if (error == null) {
                sink.completed(token, result);
            } else {
                sink.failed(token, error);
            }
        }
        return delivered;
    }

    @Override
    public int cancel(long token) throws StorageException {
        checkCaller("cancel");
        comeIn();
        try {
            if (gate.tenure() != null && !isClosed() && !isOutside()) {
                return driver.cancel(token);
            }
        } finally {
            leave();
        }
        if (!lock(CANCEL_NANOS)) {
            boolean interrupted = Thread.currentThread().isInterrupted();
            throw StorageException.of(
                            interrupted ? Kind.INTERRUPTED : Kind.TIMEOUT,
                            "cancel",
                            interrupted ? "interrupted while waiting" : "a driver keeps the queue; try again")
                    .build();
        }
        try {
            if (isClosed()) {
                throw closed("cancel");
            }
            return driver.cancel(token);
        } finally {
            unlock();
        }
    }

    private int advance(int minimum, long timeoutNanos) throws StorageException {
        long start = System.nanoTime();
        lastCall = start;
        for (long left = Math.max(0, timeoutNanos); ; left = Math.max(0, timeoutNanos - (System.nanoTime() - start))) {
            int wanted = Math.max(0, minimum - slots.delivering.size());
            boolean passed = pass(wanted, left);
            if (isClosed()) {
                throw closed("submit");
            }
            if (!passed && gate.tenure() != null && !isOutside()) {
                // It was opened meanwhile, and whoever did so may not have seen what was submitted just now.
                continue;
            }
            int ready = slots.delivering.size();
            if (ready >= Math.min(minimum, slots.pending() - slots.staged.size()) || left == 0) {
                return ready;
            }
            if (Thread.currentThread().isInterrupted()) {
                throw StorageException.of(Kind.INTERRUPTED, "submit", "interrupted while waiting; operations go on")
                        .build();
            }
            if (!passed && driver.inDriver() == 0) {
                awaitGate(left);
            }
        }
    }

    /** One step with the driver, through the open gate or beside the closed one; {@return whether it was open} */
    private boolean pass(int wanted, long left) {
        comeIn();
        try {
            Tenure tenure = gate.tenure();
            if (tenure != null && !isClosed() && !isOutside()) {
                prepare();
                driver.work(tenure, wanted, left);
                slots.delivering.addAll(slots.ready);
                return true;
            }
        } finally {
            leave();
        }
        if (!lock(left)) {
            return false;
        }
        try {
            if (isClosed()) {
                dispose();
                return false;
            }
            prepare();
            StorageException gone = queues.givenUp();
            driver.drain(gone == null ? wanted : 0, Math.min(left, LOOK_NANOS));
            if (gone != null) {
                driver.giveUp(gone);
            }
            if (gate.tenure() == null) {
                driver.failIfShut(gate.closure());
            }
            slots.delivering.addAll(slots.ready);
            return false;
        } finally {
            unlock();
        }
    }

    private void prepare() {
        for (; owed > 0; owed--) {
            slots.submitted.add(slots.staged.take());
        }
    }

    private void awaitGate(long left) throws StorageException {
        try {
            gate.awaitOpen("submit", Math.min(left, LOOK_NANOS));
        } catch (StorageException e) {
            if (e.kind() == Kind.INTERRUPTED) {
                throw e;
            }
            // A shut gate fails what was submitted, by completions: the next step does that.
        }
    }

    int inDriver() {
        return driver.inDriver();
    }

    String note() {
        return driver.note();
    }

    String describe() {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastCall);
        return "thread " + ownerName() + (isOwnerAlive() ? "" : " (ended)") + " has " + inDriver()
                + " operations in flight and called its queue last " + millis + " ms ago";
    }

    /** Reaps what is in flight; the owner is about to park. An interrupt does not keep it from what only it can do. */
    void drainAsOwner(long nanos) {
        long start = System.nanoTime();
        boolean interrupted = Thread.interrupted();
        if (lock(nanos)) {
            try {
                for (long left = nanos; driver.inDriver() > 0 && left > 0; left = nanos - (System.nanoTime() - start)) {
                    interrupted |= Thread.interrupted();
                    driver.drain(driver.inDriver(), left);
                }
            } finally {
                unlock();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reaps what may be reaped by another thread at a closed gate; {@return whether nothing is in flight} */
    boolean drainFromOutside() {
        if (isClosed() || !isOwnerAlive()) {
            fromOutside(this::dispose);
        } else if (driver.inDriver() > 0 && !driver.isOwnerBound()) {
            fromOutside(() -> driver.drain(0, 0));
        }
        settle();
        return isNobodyAtIt() && driver.inDriver() == 0 && driver.isSettled();
    }

    /** Fails what is in flight on a device that is gone, if another thread may do so. */
    void giveUpFromOutside(StorageException gone) {
        if (driver.inDriver() > 0 && !driver.isOwnerBound()) {
            fromOutside(() -> driver.giveUp(gone));
        }
    }

    /** Lets go of what drivers are done with by now. */
    void settle() {
        if (!driver.isSettled()) {
            aside(driver::settle);
        }
    }

    /**
     * Takes the driver's queue away at a closed gate, so that an owner who never calls again keeps nothing of a strategy
     * that serves no more; {@return it, if nothing is in flight on it}
     */
    Optional<ChannelQueue> detachFromOutside() {
        if (!lockBriefly()) {
            return Optional.empty();
        }
        try {
            return driver.detach();
        } finally {
            unlock();
        }
    }

    /** Hands what waits to a tenure for which any thread may do so; the gate is still closed. */
    void resumeFromOutside(Tenure tenure) {
        if (isClosed() || !isOwnerAlive()) {
            return;
        }
        fromOutside(() -> driver.resume(tenure));
        awaitOutsideBriefly();
    }

    @Override
    boolean callsADriver() {
        return driver.callsADriver();
    }

    /** Gives the driver's queue back; an owner-bound one only on its owner's thread, or when that has ended. */
    @Override
    void dispose() {
        if (!disposed && (!driver.isOwnerBound() || isOwner() || !isOwnerAlive())) {
            disposed = true;
            while (!slots.staged.isEmpty()) {
                slots.of(slots.staged.take()).release();
            }
            driver.close();
        }
        if (disposed && driver.settle()) {
            queues.gone(this, driver.cell());
        }
    }
}
