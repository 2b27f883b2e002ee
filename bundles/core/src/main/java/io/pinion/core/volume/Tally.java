package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.ToLongFunction;

/**
 * Counts a volume's operations and bytes, in flight and in all, exactly. Each thread gets a cell of its own, as long as
 * there are some; the others share. A cell goes to another thread once its own has ended. Each queue has one, too.
 */
final class Tally {
    /** One in so many operations of a thread is timed. */
    static final int SAMPLE_EVERY = 64;

    private static final int OWN = 64;
    private static final int PROBES = 4;
    private static final int SHARED = 8;

    private final AtomicReferenceArray<Thread> owners = new AtomicReferenceArray<>(OWN);
    private final Cell[] cells = new Cell[OWN + SHARED];
    private final List<Cell> ofQueues = new CopyOnWriteArrayList<>();
    private final Deque<Cell> ofClosedQueues = new ArrayDeque<>();

    Tally() {
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new Cell(i >= OWN);
        }
    }

    /** {@return the calling thread's cell: what begins on it ends on it} Allocates nothing. */
    Cell cell() {
        Thread self = Thread.currentThread();
        int home = hash(self);
        return owners.getPlain(home) == self ? cells[home] : elsewhere(self, home);
    }

    private Cell elsewhere(Thread self, int home) {
        for (int probe = 0; probe < PROBES; probe++) {
            int place = (home + probe) % OWN;
            if (owners.getPlain(place) == self) {
                return cells[place];
            }
        }
        for (int probe = 0; probe < PROBES; probe++) {
            int place = (home + probe) % OWN;
            Thread owner = owners.get(place);
            if ((owner == null || !owner.isAlive()) && owners.compareAndSet(place, owner, self)) {
                return cells[place];
            }
        }
        return shared();
    }

    private Cell shared() {
        return cells[OWN + hash(Thread.currentThread()) % SHARED];
    }

    /** {@return a cell for a queue: of one thread at a time, whose turn it is there} To be {@linkplain #give given back}. */
    synchronized Cell takeForQueue() {
        Cell left = ofClosedQueues.poll();
        if (left != null) {
            return left;
        }
        Cell made = new Cell(false);
        ofQueues.add(made);
        return made;
    }

    /** Gives the cell of a queue back that will count no more; what it has counted stays. */
    synchronized void give(Cell ofQueue) {
        ofClosedQueues.add(ofQueue);
    }

    private static int hash(Thread thread) {
        return (int) ((thread.getId() * 0x9E3779B97F4A7C15L) >>> 58);
    }

    /** Lets go of threads that have ended. */
    void sweep() {
        for (int place = 0; place < OWN; place++) {
            Thread owner = owners.get(place);
            if (owner != null && !owner.isAlive()) {
                owners.compareAndSet(place, owner, null);
            }
        }
    }

    /**
     * {@return how many operations are in flight, of all kinds} After the gate was closed, 0 means that none runs that
     * passed it.
     */
    long inFlight() {
        VarHandle.fullFence();
        return sum(Cell::inFlight);
    }

    /** {@return how many operations of the kind are in flight, about} */
    long inFlight(Kind kind) {
        return sum(cell -> cell.inFlight(kind));
    }

    /** {@return how many operations of the kind have ended} One that only came to a closed gate is never counted. */
    long ended(Kind kind) {
        return sum(cell -> cell.ended(kind));
    }

    /** {@return how many bytes operations of the kind have moved} */
    long bytes(Kind kind) {
        return sum(cell -> cell.bytes(kind));
    }

    private long sum(ToLongFunction<Cell> figure) {
        long sum = 0;
        for (Cell cell : cells) {
            sum += figure.applyAsLong(cell);
        }
        for (Cell cell : ofQueues) {
            sum += figure.applyAsLong(cell);
        }
        return sum;
    }
}
