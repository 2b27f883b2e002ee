package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import io.pinion.memory.BufferLease;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The driver's side of one application's queue: hands submitted operations to the driver's own queue (or one on threads),
 * takes completions, and changes over to the next strategy. Guarded by {@link GatedQueue}.
 */
final class QueueDriver implements CompletionSink {
    private static final long SAMPLED = Tally.SAMPLE_EVERY - 1;

    private final GatedVolume volume;
    private final Failures failures;
    private final Cell cell;
    private final Slots slots;
    private final boolean virtualOwner = Platform.isVirtual(Thread.currentThread());
    private final FlushMarks marks;
    private final Leftovers leftovers = new Leftovers();
    private final AtomicInteger inDriver = new AtomicInteger();
    /** Null while there is none. */
    private volatile ServingQueue serving;

    private volatile String note = "";

    QueueDriver(GatedVolume volume, Gate gate, Slots slots) {
        this.volume = volume;
        this.failures = volume.failures();
        this.cell = gate.tally().takeForQueue();
        this.slots = slots;
        this.marks = new FlushMarks(gate.ledger(), slots.depth);
    }

    int inDriver() {
        return inDriver.getAcquire();
    }

    /** {@return what the operations are counted on} */
    Cell cell() {
        return cell;
    }

    /** One thread at a time changes it, any reads it. */
    private void countInDriver(int change) {
        inDriver.setRelease(inDriver.getPlain() + change);
    }

    boolean isOwnerBound() {
        ServingQueue now = serving;
        return now != null && now.ownerBound;
    }

    private boolean isOfDriver() {
        ServingQueue now = serving;
        return now != null && now.ofDriver;
    }

    /** {@return whether to drain, to resume, to settle or to close is to call a driver, who may not return} */
    boolean callsADriver() {
        return isOfDriver() || !leftovers.isSettled();
    }

    /** {@return whether nothing is left in flight of queues that were given back} */
    boolean isSettled() {
        return leftovers.isSettled();
    }

    String note() {
        return note;
    }

    /** Hands over what is submitted, waits for so many completions, takes those there are. The gate is open. */
    void work(Tenure next, int wanted, long timeoutNanos) {
        if (!leftovers.isSettled()) {
            settle();
        }
        changeTo(next);
        try {
            handOver(serving);
        } catch (RuntimeException | Error e) {
            broken(e);
            return;
        }
        reap(wanted, timeoutNanos);
    }

    /** Takes completions, without handing over anything new. The gate is closed. */
    void drain(int wanted, long timeoutNanos) {
        if (inDriver() > 0) {
            reap(wanted, timeoutNanos);
        }
    }

    /**
     * Hands what is submitted to a tenure before its gate opens, if that is to a queue on threads. A driver's own is left to
     * the owner: what a ring does for a thread the kernel cancels when that thread ends, as one of the volume's will.
     */
    void resume(Tenure next) {
        ServingQueue now = serving;
        boolean onThreads = now != null && now.tenure == next
                ? !now.ofDriver
                : !isOwnerBound() && !ServingQueue.mayBeOfDriver(next, virtualOwner);
        if (onThreads) {
            work(next, 0, 0);
        }
    }

    /** Fails what is submitted, when waiting at the gate is over. */
    void failIfShut(Closure closure) {
        if (closure.remaining() > 0) {
            return;
        }
        while (!slots.submitted.isEmpty()) {
            Slot slot = slots.of(slots.submitted.take());
            failures.count();
            slots.finish(slot, 0, closure.failure(slot.word(), volume.name()));
        }
    }

    /** Fails what is in flight on a device that is gone, because the driver has let the time for it go by. */
    void giveUp(StorageException gone) {
        if (inDriver() > 0) {
            for (Slot slot : slots.all) {
                if (slot.inDriver) {
                    failures.count();
                }
            }
            giveUp(gone, gone);
        }
    }

    private void changeTo(Tenure next) {
        ServingQueue before = serving;
        if (before != null && before.tenure == next) {
            return;
        }
        if (before != null) {
            close(before);
            outlast(before);
            serving = null;
        }
        ServingQueue opened = ServingQueue.open(next, volume, slots.depth, virtualOwner);
        note = opened.note;
        serving = opened;
    }

    /** Takes the driver's queue away, with nothing in flight on it; {@return it, for the caller to close, if there is one} */
    Optional<ChannelQueue> detach() {
        ServingQueue idle = serving;
        if (idle == null || inDriver() > 0) {
            return Optional.empty();
        }
        outlast(idle);
        serving = null;
        return Optional.of(idle.queue);
    }

    /** Nothing of ours is in flight on it, but something of the driver's own may be. */
    private void outlast(ServingQueue given) {
        leftovers.add(new Unreaped(given.queue));
        settle();
    }

    private void handOver(ServingQueue to) {
        while (!slots.submitted.isEmpty()) {
            Slot slot = slots.of(slots.submitted.take());
            if (slot.cancelled) {
                slots.finishCancelled(slot);
                continue;
            }
            byte operation = slot.operation;
            TransferFlags passed = slot.flags;
            if (!passed.isEmpty()) {
                try {
                    passed = volume.wishes(to.tenure, slot.word(), passed, slot.position, slot.length);
                } catch (StorageException e) {
                    failures.count();
                    slots.finish(slot, 0, e);
                    continue;
                }
                slot.follow = passed == slot.flags ? Slot.ALONE : Slot.FLUSH_FOLLOWS;
            }
            begin(slot);
            slot.inDriver = true;
            countInDriver(1);
            if (to.onThreads != null) {
                to.onThreads.fellBack();
            }
            handOver(to.queue, slot, operation, passed);
        }
    }

    /** Counts it, and times one in so many; the one before leaves a note of where it ends. */
    private void begin(Slot slot) {
        Kind kind = slot.kind();
        long phase = cell.beginAtQueue(kind) & SAMPLED;
        slot.started = 0;
        if (phase == 0) {
            slot.sequential = cell.isNoted(kind, slot.position);
            slot.started = System.nanoTime();
        } else if (phase == SAMPLED) {
            cell.note(kind, slot.position + slot.length);
        }
    }

    private void handOver(ChannelQueue queue, Slot slot, byte operation, TransferFlags flags) {
        int index = slot.index;
        int length = slot.length;
        long position = slot.position;
        long token = slot.newDriverToken();
        BufferLease lease = slot.lease;
        switch (operation) {
            case Slot.READ -> {
                if (lease == null) {
                    queue.read(slot.buffer, index, length, position, token, flags);
                } else {
                    queue.read(lease, index, length, position, token, flags);
                }
            }
            case Slot.WRITE -> {
                if (slot.kind() == Kind.WRITE) {
                    marks.began(length);
                }
                if (lease == null) {
                    queue.write(slot.buffer, index, length, position, token, flags);
                } else {
                    queue.write(lease, index, length, position, token, flags);
                }
            }
            default -> {
                marks.mark(slot.number);
                queue.flush(token);
            }
        }
    }

    /** Asks the driver to end what has this token, and does not begin what waits; {@return how many have it} */
    int cancel(long token) {
        Cancellation cancellation = new Cancellation(slots, token);
        try {
            cancellation.ask(serving);
            cancellation.endWhatWaits();
        } catch (StorageException | RuntimeException | Error e) {
            broken(e);
        }
        return cancellation.found();
    }

    private void reap(int wanted, long timeoutNanos) {
        ChannelQueue queue = serving.queue;
        try {
            queue.submit(Math.min(wanted, inDriver()), timeoutNanos);
            queue.poll(this);
            while (!slots.followUps.isEmpty()) {
                Slot slot = slots.of(slots.followUps.take());
                marks.mark(slot.number);
                queue.flush(slot.newDriverToken());
                queue.submit(0, 0);
            }
        } catch (StorageException | RuntimeException | Error e) {
            broken(e);
        }
    }

    /** Fails what is in flight. What a flush has come to nobody will learn, so it is taken for a failed one. */
    private void broken(Throwable thrown) {
        Tenure tenure = serving.tenure;
        StorageException why = failures.explained(tenure, Faults.asStorageException(tenure, "submit", thrown));
        StorageException ofFlushes = null;
        while (!slots.followUps.isEmpty()) {
            // Of this one the driver has not heard: only the write fails.
            slots.of(slots.followUps.take()).follow = Slot.ALONE;
        }
        for (Slot slot : slots.all) {
            if (slot.inDriver) {
                failures.count();
                ofFlushes = ofFlushes == null && slot.isFlush() ? failures.flushFailed(tenure, why) : ofFlushes;
            }
        }
        giveUp(why, ofFlushes);
    }

    @Override
    public void completed(long token, int transferred) {
        Slot slot = slotOf(token);
        if (slot == null) {
            return;
        }
        Tenure tenure = serving.tenure;
        byte operation = slot.operation;
        int length = slot.length;
        if (slot.isFlush()) {
            StorageException failure = failures.ofCompletedFlush(tenure);
            if (failure != null) {
                end(slot, 0, failure);
                return;
            }
            marks.covered(slot.number);
        }
        if (slot.follow == Slot.FOLLOWING_FLUSH) {
            end(slot, slot.result, null);
        } else if (operation == Slot.WRITE && transferred != length
                || operation == Slot.READ && (transferred > length || transferred < -1)) {
            String detail = "it completed " + slot.word() + " of " + length + " bytes with " + transferred;
            end(slot, 0, Faults.fault(tenure, slot.word(), detail, null));
        } else if (slot.follow == Slot.FLUSH_FOLLOWS) {
            slot.follow = Slot.FOLLOWING_FLUSH;
            slot.result = transferred;
            slots.followUps.add(slot.number);
        } else if (operation == Slot.READ && transferred < length) {
            endShort(slot, tenure, transferred);
        } else {
            end(slot, transferred, null);
        }
    }

    private void endShort(Slot slot, Tenure tenure, int transferred) {
        StorageException early = failures.early(tenure, slot.position, slot.length, transferred);
        end(slot, early == null ? transferred : Math.max(0, transferred), early);
    }

    @Override
    public void failed(long token, StorageException error) {
        Slot slot = slotOf(token);
        if (slot != null) {
            Tenure tenure = serving.tenure;
            // On threads, what flushes is the volume itself, and what no thread was found for has lost nothing.
            boolean lost = serving.ofDriver && slot.isFlush();
            if (lost) {
                tenure.flushes().fail(error);
            }
            StorageException known = lost
                    ? failures.flushFailed(tenure, error)
                    : failures.explained(tenure, error.in(tenure.target(), tenure.strategy()));
            end(slot, (int) error.transferred(), known);
        }
    }

    private Slot slotOf(long token) {
        Slot slot = slots.inDriver(token);
        if (slot == null) {
            note = "strategy " + serving.tenure.strategy()
                    + " broke its contract: it completed an operation twice, or one that it was not given";
        }
        return slot;
    }

    private void end(Slot slot, int transferred, StorageException error) {
        countInDriver(-1);
        Kind kind = slot.kind();
        if (kind == Kind.WRITE) {
            marks.ended(slot.length, transferred);
        }
        cell.end(kind, Math.max(0, transferred));
        if (error != null && !(slot.cancelled && error.kind() == StorageException.Kind.CANCELLED)) {
            failures.count();
        }
        if (slot.started != 0) {
            long nanos = System.nanoTime() - slot.started;
            volume.timed(kind, slot.position, slot.length, nanos, slot.sequential);
        }
        slots.finish(slot, transferred, error);
    }

    /** Gives the driver's queue back, with what is in flight on it failed and kept until it is quiet; its caller is told. */
    private void giveUp(StorageException why, StorageException ofFlushes) {
        ServingQueue given = serving;
        close(given);
        Unreaped rest = new Unreaped(given.queue);
        StorageException ofTransfers = rest.isQuiet() ? why : why.keepingBuffer();
        for (Slot slot : slots.all) {
            if (slot.inDriver) {
                StorageException error = slot.isFlush() ? ofFlushes : ofTransfers;
                if (slot.kind() == Kind.WRITE) {
                    marks.ended(slot.length, 0);
                }
                rest.keep(slot, slot.kind());
                slots.finish(slot, 0, error);
            }
        }
        inDriver.set(0);
        leftovers.add(rest);
        serving = null;
    }

    private void close(ServingQueue closing) {
        String wrong = closing.close();
        note = wrong.isEmpty() ? note : wrong;
    }

    /** Gives everything back. */
    void close() {
        while (!slots.submitted.isEmpty()) {
            slots.of(slots.submitted.take()).release();
        }
        if (serving != null) {
            StorageException why = StorageException.of(StorageException.Kind.CLOSED, "close", "the queue was closed")
                    .build();
            giveUp(why, why);
        }
    }

    /** Lets go of what the driver is done with; {@return whether nothing is left in flight} */
    boolean settle() {
        return leftovers.settle(cell);
    }
}
