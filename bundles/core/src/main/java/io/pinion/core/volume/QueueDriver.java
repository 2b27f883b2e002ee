package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import io.pinion.memory.BufferLease;
import io.pinion.strategy.Capability;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import io.pinion.strategy.TransferMeter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The driver's side of one application's queue: hands submitted operations to the driver's own queue (or one on threads),
 * takes completions, and changes over to the next strategy. Guarded by {@link GatedQueue}.
 */
final class QueueDriver implements CompletionSink {
    private static final long SAMPLED = Tally.SAMPLE_EVERY - 1;
    private static final String ON_THREADS = "the strategy could not open its own queue: on threads instead";

    private final GatedVolume volume;
    private final Cell cell;
    private final Slots slots;
    private final boolean virtualOwner = Platform.isVirtual(Thread.currentThread());
    private final FlushMarks marks;
    private final List<Unreaped> unreaped = new ArrayList<>();
    private Tenure tenure;
    private ChannelQueue queue;
    /** What each operation is counted for while the queue is one on threads for want of the driver's own; else null. */
    private TransferMeter.Cause onThreads;

    private volatile boolean ownerBound;
    private volatile boolean ofDriver;
    private volatile boolean settled = true;
    private final AtomicInteger inDriver = new AtomicInteger();
    private volatile String note = "";

    QueueDriver(GatedVolume volume, Gate gate, Slots slots) {
        this.volume = volume;
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
        return ownerBound;
    }

    /** {@return whether to drain, to resume, to settle or to close is to call a driver, who may not return} */
    boolean callsADriver() {
        return ofDriver || !settled;
    }

    /** {@return whether nothing is left in flight of queues that were given back} */
    boolean isSettled() {
        return settled;
    }

    String note() {
        return note;
    }

    /** Hands over what is submitted, waits for so many completions, takes those there are. The gate is open. */
    void work(Tenure serving, int wanted, long timeoutNanos) {
        if (!unreaped.isEmpty()) {
            settle();
        }
        changeTo(serving);
        try {
            handOver();
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
        if (tenure == next ? !ofDriver : !ownerBound && !mayHaveItsOwn(next)) {
            work(next, 0, 0);
        }
    }

    /** Fails what is submitted, when waiting at the gate is over. */
    void failIfShut(Closure closure) {
        if (closure.remaining() > 0) {
            return;
        }
        while (!slots.submitted.isEmpty()) {
            int slot = slots.submitted.take();
            volume.countFailure();
            slots.finish(slot, 0, closure.failure(word(slot), volume.name()));
        }
    }

    private void changeTo(Tenure next) {
        if (tenure == next) {
            return;
        }
        if (queue != null) {
            close(queue);
            outlast(queue);
        }
        tenure = next;
        ownerBound = false;
        ofDriver = false;
        onThreads = null;
        queue = open(next);
    }

    /** Takes the driver's queue away, with nothing in flight on it; {@return it, for the caller to close, if there is one} */
    Optional<ChannelQueue> detach() {
        if (queue == null || inDriver() > 0) {
            return Optional.empty();
        }
        ChannelQueue idle = queue;
        outlast(idle);
        queue = null;
        tenure = null;
        ownerBound = false;
        ofDriver = false;
        return Optional.of(idle);
    }

    /** Nothing of ours is in flight on it, but something of the driver's own may be. */
    private void outlast(ChannelQueue given) {
        unreaped.add(new Unreaped(given));
        settle();
    }

    private boolean mayHaveItsOwn(Tenure next) {
        return !virtualOwner && next.examination().capabilities().contains(Capability.NATIVE_QUEUE);
    }

    private ChannelQueue open(Tenure next) {
        note = virtualOwner ? "a queue of a virtual thread is built on threads" : "";
        if (mayHaveItsOwn(next)) {
            try {
                ChannelQueue own = next.channel().openQueue(slots.depth).orElse(null);
                if (own != null) {
                    return heard(taken(own), next);
                }
                note = "strategy " + next.strategy() + " gave no queue of its own: built on threads";
            } catch (StorageException | RuntimeException | Error e) {
                note = "strategy " + next.strategy() + " could not open its queue, so it is built on threads: "
                        + e.getMessage();
                onThreads = next.meter().cause(ON_THREADS);
            }
        }
        return new ThreadQueue(next, volume, slots.depth);
    }

    /**
     * Has the channel tell of a write-back that failed before the queue was opened, and that a durable write was told of: a
     * descriptor of the queue's own is not (fsync(2)). What fails is the volume's. Where all is flushed there is nothing to tell.
     */
    private ChannelQueue heard(ChannelQueue own, Tenure next) {
        if (volume.isBehind()) {
            try {
                volume.flush(next);
            } catch (StorageException e) {
                note = e.getMessage();
            }
        }
        return own;
    }

    private ChannelQueue taken(ChannelQueue own) {
        try {
            ownerBound = own.isOwnerBound();
            ofDriver = true;
            return own;
        } catch (RuntimeException | Error e) {
            close(own);
            throw e;
        }
    }

    private void handOver() {
        while (!slots.submitted.isEmpty()) {
            int slot = slots.submitted.take();
            if (slots.cancelled[slot]) {
                slots.finish(slot, 0, cancelled(slot));
                continue;
            }
            byte operation = slots.operation[slot];
            TransferFlags passed = slots.flags[slot];
            if (!passed.isEmpty()) {
                try {
                    passed = volume.wishes(tenure, word(slot), passed, slots.position[slot], slots.length[slot]);
                } catch (StorageException e) {
                    volume.countFailure();
                    slots.finish(slot, 0, e);
                    continue;
                }
                slots.follow[slot] = passed == slots.flags[slot] ? Slots.ALONE : Slots.FLUSH_FOLLOWS;
            }
            boolean sampled = (cell.beginAtQueue(kind(slot)) & SAMPLED) == 0;
            slots.started[slot] = sampled ? System.nanoTime() : 0;
            slots.inDriver[slot] = true;
            countInDriver(1);
            if (onThreads != null) {
                onThreads.fellBack();
            }
            handOver(slot, operation, passed);
        }
    }

    private void handOver(int slot, byte operation, TransferFlags flags) {
        int index = slots.index[slot];
        int length = slots.length[slot];
        long position = slots.position[slot];
        long token = slots.newToken(slot);
        BufferLease lease = slots.lease[slot];
        switch (operation) {
            case Slots.READ -> {
                if (lease == null) {
                    queue.read(slots.buffer[slot], index, length, position, token, flags);
                } else {
                    queue.read(lease, index, length, position, token, flags);
                }
            }
            case Slots.WRITE -> {
                if (kind(slot) == Kind.WRITE) {
                    marks.began(length);
                }
                if (lease == null) {
                    queue.write(slots.buffer[slot], index, length, position, token, flags);
                } else {
                    queue.write(lease, index, length, position, token, flags);
                }
            }
            default -> {
                marks.mark(slot);
                queue.flush(token);
            }
        }
    }

    /** Asks the driver to end what has this token, and does not begin what waits; {@return how many have it} */
    int cancel(long token) {
        int found = 0;
        int asked = 0;
        try {
            for (int slot = 0; slot < slots.depth; slot++) {
                if (slots.cancellable[slot]
                        && slots.token[slot] == token
                        && slots.follow[slot] != Slots.FOLLOWING_FLUSH) {
                    found++;
                    slots.cancelled[slot] = true;
                    if (slots.inDriver[slot]) {
                        asked++;
                        queue.cancel(slots.token(slot));
                    }
                }
            }
            if (asked > 0) {
                queue.submit(0, 0);
            }
            for (int waiting = slots.submitted.size(); waiting > 0; waiting--) {
                int slot = slots.submitted.take();
                if (slots.cancelled[slot]) {
                    slots.finish(slot, 0, cancelled(slot));
                } else {
                    slots.submitted.add(slot);
                }
            }
        } catch (StorageException | RuntimeException | Error e) {
            broken(e);
        }
        return found;
    }

    private StorageException cancelled(int slot) {
        return StorageException.of(StorageException.Kind.CANCELLED, word(slot), "cancelled before it began")
                .range(slots.position[slot], slots.length[slot])
                .build();
    }

    private void reap(int wanted, long timeoutNanos) {
        try {
            queue.submit(Math.min(wanted, inDriver()), timeoutNanos);
            queue.poll(this);
            while (!slots.followUps.isEmpty()) {
                int slot = slots.followUps.take();
                marks.mark(slot);
                queue.flush(slots.newToken(slot));
                queue.submit(0, 0);
            }
        } catch (StorageException | RuntimeException | Error e) {
            broken(e);
        }
    }

    /** Fails what is in flight. What a flush has come to nobody will learn, so it is taken for a failed one. */
    private void broken(Throwable thrown) {
        StorageException why = Faults.asStorageException(tenure, "submit", thrown);
        StorageException ofFlushes = null;
        while (!slots.followUps.isEmpty()) {
            // Of this one the driver has not heard: only the write fails.
            slots.follow[slots.followUps.take()] = Slots.ALONE;
        }
        for (int slot = 0; slot < slots.depth; slot++) {
            if (slots.inDriver[slot]) {
                volume.countFailure();
                ofFlushes = ofFlushes == null && isFlush(slot) ? volume.lostData(tenure, why) : ofFlushes;
            }
        }
        giveUp(why, ofFlushes);
    }

    private boolean isFlush(int slot) {
        return slots.operation[slot] == Slots.FLUSH || slots.follow[slot] == Slots.FOLLOWING_FLUSH;
    }

    @Override
    public void completed(long token, int transferred) {
        int slot = slotOf(token);
        if (slot < 0) {
            return;
        }
        byte operation = slots.operation[slot];
        int length = slots.length[slot];
        if (isFlush(slot)) {
            Throwable lost = tenure.flushes().failure();
            if (lost != null) {
                end(slot, 0, Faults.flushFailed(tenure, lost));
                return;
            }
            marks.covered(slot);
        }
        if (slots.follow[slot] == Slots.FOLLOWING_FLUSH) {
            end(slot, slots.result[slot], null);
        } else if (operation == Slots.WRITE && transferred != length
                || operation == Slots.READ && (transferred > length || transferred < -1)) {
            String detail = "it completed " + word(slot) + " of " + length + " bytes with " + transferred;
            end(slot, 0, Faults.fault(tenure, word(slot), detail, null));
        } else if (slots.follow[slot] == Slots.FLUSH_FOLLOWS) {
            slots.follow[slot] = Slots.FOLLOWING_FLUSH;
            slots.result[slot] = transferred;
            slots.followUps.add(slot);
        } else {
            end(slot, transferred, null);
        }
    }

    @Override
    public void failed(long token, StorageException error) {
        int slot = slotOf(token);
        if (slot >= 0) {
            StorageException known = error.in(tenure.target(), tenure.strategy());
            // On threads, what flushes is the volume itself, and what no thread was found for has lost nothing.
            boolean lost = ofDriver && isFlush(slot);
            if (lost) {
                tenure.flushes().fail(error);
            }
            end(slot, (int) error.transferred(), lost ? volume.lostData(tenure, error) : known);
        }
    }

    private int slotOf(long token) {
        int slot = slots.inDriver(token);
        if (slot < 0) {
            note = "strategy " + tenure.strategy()
                    + " broke its contract: it completed an operation twice, or one that it was not given";
        }
        return slot;
    }

    private void end(int slot, int transferred, StorageException error) {
        countInDriver(-1);
        Kind kind = kind(slot);
        if (kind == Kind.WRITE) {
            marks.ended(slots.length[slot], transferred);
        }
        cell.end(kind, Math.max(0, transferred));
        if (error != null && !(slots.cancelled[slot] && error.kind() == StorageException.Kind.CANCELLED)) {
            volume.countFailure();
        }
        if (slots.started[slot] != 0) {
            volume.recordLatency(kind, System.nanoTime() - slots.started[slot]);
        }
        slots.finish(slot, transferred, error);
    }

    /** Gives the driver's queue back, with what is in flight on it failed and kept until it is quiet; its caller is told. */
    private void giveUp(StorageException why, StorageException ofFlushes) {
        close(queue);
        Unreaped rest = new Unreaped(queue);
        StorageException ofTransfers = rest.isQuiet() ? why : why.keepingBuffer();
        for (int slot = 0; slot < slots.depth; slot++) {
            if (slots.inDriver[slot]) {
                StorageException error = isFlush(slot) ? ofFlushes : ofTransfers;
                if (kind(slot) == Kind.WRITE) {
                    marks.ended(slots.length[slot], 0);
                }
                rest.keep(slots, slot, kind(slot));
                slots.finish(slot, 0, error);
            }
        }
        inDriver.set(0);
        unreaped.add(rest);
        settled = false;
        queue = null;
        tenure = null;
        ownerBound = false;
        ofDriver = false;
    }

    private void close(ChannelQueue closing) {
        try {
            closing.close();
        } catch (RuntimeException | Error e) {
            note = "strategy " + tenure.strategy() + " broke its contract: closing its queue threw " + e;
        }
    }

    /** Gives everything back. */
    void close() {
        while (!slots.submitted.isEmpty()) {
            slots.release(slots.submitted.take());
        }
        if (queue != null) {
            StorageException why = StorageException.of(StorageException.Kind.CLOSED, "close", "the queue was closed")
                    .build();
            giveUp(why, why);
        }
    }

    /** Lets go of what the driver is done with; {@return whether nothing is left in flight} */
    boolean settle() {
        unreaped.removeIf(rest -> rest.settle(cell));
        settled = unreaped.isEmpty();
        return settled;
    }

    private Kind kind(int slot) {
        return switch (slots.operation[slot]) {
            case Slots.READ -> Kind.READ;
            case Slots.WRITE -> GatedVolume.writeKind(slots.flags[slot]);
            default -> Kind.FLUSH;
        };
    }

    private String word(int slot) {
        return switch (slots.operation[slot]) {
            case Slots.READ -> "read";
            case Slots.WRITE -> "write";
            default -> "flush";
        };
    }
}
