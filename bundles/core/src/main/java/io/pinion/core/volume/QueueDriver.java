package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import io.pinion.strategy.Capability;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The driver's side of one application's queue: hands submitted operations to the driver's own queue (or one on threads),
 * takes completions, and changes over to the next strategy. Guarded by {@link GatedQueue}.
 */
final class QueueDriver implements CompletionSink {
    private static final Kind[] KINDS = {Kind.READ, Kind.WRITE, Kind.FLUSH};
    private static final long SAMPLED = Tally.SAMPLE_EVERY - 1;

    private final GatedVolume volume;
    private final Cell cell;
    private final Slots slots;
    private final boolean virtualOwner = Platform.isVirtual(Thread.currentThread());
    private final List<Unreaped> unreaped = new ArrayList<>();
    private Tenure tenure;
    private ChannelQueue queue;
    private volatile boolean ownerBound;
    private final AtomicInteger inDriver = new AtomicInteger();
    private volatile String note = "";

    QueueDriver(GatedVolume volume, Gate gate, Slots slots) {
        this.volume = volume;
        this.cell = gate.tally().shared();
        this.slots = slots;
    }

    int inDriver() {
        return inDriver.getAcquire();
    }

    /** One thread at a time changes it, any reads it. */
    private void countInDriver(int change) {
        inDriver.setRelease(inDriver.getPlain() + change);
    }

    boolean isOwnerBound() {
        return ownerBound;
    }

    String note() {
        return note;
    }

    /** Hands over what is submitted, waits for so many completions, takes those there are. The gate is open. */
    void work(Tenure serving, int wanted, long timeoutNanos) {
        changeTo(serving);
        handOver();
        reap(wanted, timeoutNanos);
    }

    /** Takes completions, without handing over anything new. The gate is closed. */
    void drain(int wanted, long timeoutNanos) {
        if (inDriver() > 0) {
            reap(wanted, timeoutNanos);
        }
    }

    /** Hands what is submitted to a tenure before its gate opens, unless only the owner can. */
    void resume(Tenure next) {
        boolean same = tenure == next;
        if (same ? !ownerBound : !ownerBound && !mayHaveItsOwn(next)) {
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
            slots.finish(slot, 0, closure.failure(word(slot), volume.name()));
        }
    }

    private void changeTo(Tenure next) {
        if (tenure == next) {
            return;
        }
        if (queue != null) {
            queue.close();
        }
        tenure = next;
        queue = open(next);
        ownerBound = queue.isOwnerBound();
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
                    return own;
                }
                note = "strategy " + next.strategy() + " gave no queue of its own: built on threads";
            } catch (StorageException | RuntimeException | LinkageError e) {
                note = "strategy " + next.strategy() + " could not open its queue, so it is built on threads: "
                        + e.getMessage();
            }
        }
        return new ThreadQueue(next.channel(), volume.background(), slots.depth);
    }

    private void handOver() {
        while (!slots.submitted.isEmpty()) {
            int slot = slots.submitted.take();
            byte operation = slots.operation[slot];
            TransferFlags passed = slots.flags[slot];
            if (!passed.isEmpty()) {
                try {
                    passed = volume.wishes(tenure, word(slot), passed, slots.length[slot]);
                } catch (StorageException e) {
                    slots.finish(slot, 0, e);
                    continue;
                }
                slots.follow[slot] = passed == slots.flags[slot] ? Slots.ALONE : Slots.FLUSH_FOLLOWS;
            }
            boolean sampled = (cell.begin(KINDS[operation]) & SAMPLED) == 0;
            slots.started[slot] = sampled ? System.nanoTime() : 0;
            slots.inDriver[slot] = true;
            countInDriver(1);
            int length = slots.length[slot];
            long position = slots.position[slot];
            switch (operation) {
                case Slots.READ -> queue.read(slots.buffer[slot], slots.index[slot], length, position, slot, passed);
                case Slots.WRITE -> queue.write(slots.buffer[slot], slots.index[slot], length, position, slot, passed);
                default -> queue.flush(slot);
            }
        }
    }

    private void reap(int wanted, long timeoutNanos) {
        try {
            queue.submit(Math.min(wanted, inDriver()), timeoutNanos);
            queue.poll(this);
            while (!slots.followUps.isEmpty()) {
                queue.flush(slots.followUps.take());
                queue.submit(0, 0);
            }
        } catch (StorageException | RuntimeException | LinkageError e) {
            giveUp(Faults.asStorageException(tenure, "submit", e));
        }
    }

    @Override
    public void completed(long token, int transferred) {
        int slot = slotOf(token);
        if (slot < 0) {
            return;
        }
        byte operation = slots.operation[slot];
        int length = slots.length[slot];
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
            boolean flush = slots.operation[slot] == Slots.FLUSH || slots.follow[slot] == Slots.FOLLOWING_FLUSH;
            end(
                    slot,
                    (int) error.transferred(),
                    flush ? volume.lostData(tenure, error) : error.in(tenure.target(), tenure.strategy()));
        }
    }

    private int slotOf(long token) {
        if (token < 0 || token >= slots.depth || !slots.inDriver[(int) token]) {
            note = "strategy " + tenure.strategy()
                    + " broke its contract: it completed an operation twice, or one that it" + " was not given";
            return -1;
        }
        return (int) token;
    }

    private void end(int slot, int transferred, StorageException error) {
        countInDriver(-1);
        cell.end(KINDS[slots.operation[slot]], Math.max(0, transferred));
        if (error != null) {
            volume.countFailure();
        }
        if (slots.started[slot] != 0) {
            volume.recordLatency(KINDS[slots.operation[slot]], System.nanoTime() - slots.started[slot]);
        }
        slots.finish(slot, transferred, error);
    }

    /** Gives the driver's queue back, with what is in flight on it failed and kept until it is quiet. */
    private void giveUp(StorageException why) {
        Unreaped rest = new Unreaped(queue);
        for (int slot = 0; slot < slots.depth; slot++) {
            if (slots.inDriver[slot]) {
                rest.keep(slots, slot, KINDS[slots.operation[slot]]);
                slots.finish(slot, 0, why);
            }
        }
        inDriver.set(0);
        unreaped.add(rest);
        queue.close();
        queue = null;
        tenure = null;
        ownerBound = false;
    }

    /** Gives everything back. */
    void close() {
        while (!slots.submitted.isEmpty()) {
            slots.release(slots.submitted.take());
        }
        if (queue != null) {
            giveUp(StorageException.of(StorageException.Kind.CLOSED, "close", "the queue was closed")
                    .build());
        }
    }

    /** Lets go of what the driver is done with; {@return whether nothing is left in flight} */
    boolean settle() {
        unreaped.removeIf(rest -> rest.settle(cell));
        return unreaped.isEmpty();
    }

    private String word(int slot) {
        return switch (slots.operation[slot]) {
            case Slots.READ -> "read";
            case Slots.WRITE -> "write";
            default -> "flush";
        };
    }
}
