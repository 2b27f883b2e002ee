package io.pinion.linux.direct;

import io.pinion.strategy.StorageException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What ranges of the file are being written, so that a write which needs a range alone has it alone. Ranges that share
 * nothing never wait for each other.
 *
 * <p>Plain writes <em>share</em> their range: while nobody holds or wants one alone they only note it in a slot, without a
 * lock; those of a queue in {@linkplain QueuedRanges slots of its own}. Who wants a range <em>alone</em> gets in line; it waits
 * for those before it in the line that it meets, and for the slots that it meets. As it is in the line before it looks at the
 * slots, and a plain write looks at the line after filling its slot, one of both sees the other; a plain write that sees a line
 * gives up its slot and gets in line as well, or, of a queue, leaves the write to the channel. Everyone waits for earlier ones
 * alone, so nobody waits in a circle, and nobody is overtaken for ever.
 */
final class WriteRanges {
    private static final int SLOTS = 64;
    private static final int STRIDE = 8;
    private static final long FREE = -1;
    private static final long TAKEN = -2;

    private final AtomicLongArray slots = new AtomicLongArray(SLOTS * STRIDE);
    private final List<QueuedRanges> queues = new CopyOnWriteArrayList<>();
    private final AtomicInteger loners = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();

    private long[] first = new long[16];
    private long[] end = new long[16];
    private boolean[] alone = new boolean[16];
    /** 0: the entry is free. */
    private long[] ticket = new long[16];

    private long tickets;

    private final Runnable look;

    WriteRanges() {
        this(() -> {});
    }

    /** @param look leaves ranges of writes that are over and unnoticed; called by those who wait, again and again */
    WriteRanges(Runnable look) {
        this.look = look;
        for (int slot = 0; slot < SLOTS; slot++) {
            slots.set(slot * STRIDE, FREE);
        }
    }

    /** Takes account of the writes of a queue, from before the first until {@link #forget}. */
    void add(QueuedRanges queue) {
        queues.add(queue);
    }

    /** Takes account no more of a queue that has left everything. */
    void forget(QueuedRanges queue) {
        queues.remove(queue);
    }

    /** {@return whether somebody has a range alone, or waits for one} Asked by those who have noted their own. */
    boolean isWantedAlone() {
        return loners.get() > 0;
    }

    /**
     * Takes a range that others may write as well, though not alone; {@return what to give to {@link #leave}}
     *
     * @throws StorageException {@code TIMEOUT}
     */
    int share(long from, long to) throws StorageException {
        int base = slot(from, to);
        if (base >= 0) {
            if (!isWantedAlone()) {
                return base;
            }
            leave(base);
        }
        return queue(from, to, false);
    }

    /** Takes a range as {@link #share}, if that needs no wait; {@return what to give to {@link #leave}, or -1} */
    int tryShare(long from, long to) {
        int base = slot(from, to);
        if (base >= 0 && isWantedAlone()) {
            leave(base);
            return -1;
        }
        return base;
    }

    /**
     * Takes a range that nobody else writes until it is left; {@return what to give to {@link #leave}}
     *
     * @throws StorageException {@code TIMEOUT}
     */
    int alone(long from, long to) throws StorageException {
        return queue(from, to, true);
    }

    /** {@return whether anything of the range is being written, or waited for} */
    boolean meets(long from, long to) {
        if (meetsSlot(from, to)) {
            return true;
        }
        lock.lock();
        try {
            for (int entry = 0; entry < ticket.length; entry++) {
                if (ticket[entry] != 0 && first[entry] < to && from < end[entry]) {
                    return true;
                }
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a range back. */
    void leave(int handle) {
        if (handle < 0) {
            lock.lock();
            try {
                remove(~handle);
            } finally {
                lock.unlock();
            }
            return;
        }
        slots.setRelease(handle, FREE);
        signalLeft();
    }

    /**
     * Has those look again who wait for a range. Whoever begins to wait in this very moment may be overlooked: it looks again by
     * itself, soon ({@link Patience#awaitBriefly}).
     */
    void signalLeft() {
        if (isWantedAlone()) {
            lock.lock();
            try {
                left.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private int slot(long from, long to) {
        long hash = Thread.currentThread().getId() * 0x9E3779B97F4A7C15L >>> 58;
        for (int tried = 0; tried < SLOTS; tried++) {
            int base = (int) (hash + tried & SLOTS - 1) * STRIDE;
            if (slots.get(base) == FREE && slots.compareAndSet(base, FREE, TAKEN)) {
                slots.set(base + 1, to);
                slots.set(base, from);
                return base;
            }
        }
        return -1;
    }

    private int queue(long from, long to, boolean byItself) throws StorageException {
        lock.lock();
        try {
            int entry = add(from, to, byItself);
            try {
                long since = System.nanoTime();
                while (mustWait(entry)) {
                    since = Patience.awaitBriefly(left, since, "write", "writes to the same blocks are in flight");
                    look.run();
                }
            } catch (StorageException | RuntimeException | Error e) {
                remove(entry);
                throw e;
            }
            return ~entry;
        } finally {
            lock.unlock();
        }
    }

    private int add(long from, long to, boolean byItself) {
        int entry = 0;
        while (entry < ticket.length && ticket[entry] != 0) {
            entry++;
        }
        if (entry == ticket.length) {
            first = Arrays.copyOf(first, 2 * entry);
            end = Arrays.copyOf(end, 2 * entry);
            alone = Arrays.copyOf(alone, 2 * entry);
            ticket = Arrays.copyOf(ticket, 2 * entry);
        }
        first[entry] = from;
        end[entry] = to;
        alone[entry] = byItself;
        ticket[entry] = ++tickets;
        if (byItself) {
            loners.getAndIncrement();
        }
        return entry;
    }

    private void remove(int entry) {
        ticket[entry] = 0;
        if (alone[entry]) {
            loners.getAndDecrement();
        }
        left.signalAll();
    }

    private boolean mustWait(int entry) {
        for (int other = 0; other < ticket.length; other++) {
            if (ticket[other] != 0
                    && ticket[other] < ticket[entry]
                    && (alone[other] || alone[entry])
                    && first[other] < end[entry]
                    && first[entry] < end[other]) {
                return true;
            }
        }
        return alone[entry] && meetsSlot(first[entry], end[entry]);
    }

    /** A slot that is taken and not filled yet is no matter: its owner will look at the queue after filling it. */
    private boolean meetsSlot(long from, long to) {
        for (int base = 0; base < slots.length(); base += STRIDE) {
            long start = slots.get(base);
            if (start >= 0 && start < to && from < slots.get(base + 1)) {
                return true;
            }
        }
        for (QueuedRanges queue : queues) {
            if (queue.meets(from, to)) {
                return true;
            }
        }
        return false;
    }
}
