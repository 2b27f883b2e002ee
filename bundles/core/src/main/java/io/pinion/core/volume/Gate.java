package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import io.pinion.strategy.StorageException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * What every operation of a volume passes, and what a swap closes. An operation counts itself, then looks whether the gate
 * is open; who closes it looks at the counts afterwards. One of the two sees the other, so that once the gate is closed
 * and nothing is in flight, nothing will be until it is opened. Passing an open gate takes no lock and allocates nothing.
 */
public final class Gate {
    private static final int SPINS = 200;
    private static final long FIRST_PAUSE = 20_000;
    private static final long LONGEST_PAUSE = 200_000;
    private static final long SLOWED_WRITE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String gated;
    private final Tally tally = new Tally();
    private final FlushLedger ledger = new FlushLedger(tally);
    private final LongAdder parked = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Tenure tenure;
    private volatile Closure closure;
    private volatile long closedAt = System.nanoTime();
    private volatile long pauseNanos;
    private volatile boolean writersSlowed;
    private volatile Runnable beforeParking = () -> {};

    /**
     * A gate, closed.
     *
     * @param gated what it is the gate of, for messages: {@code volume NAME}
     */
    public Gate(String gated, Closure closure) {
        this.gated = gated;
        this.closure = closure;
    }

    /** What a thread does before it waits: finish what only it can finish. */
    void beforeParking(Runnable action) {
        beforeParking = action;
    }

    Tally tally() {
        return tally;
    }

    /** {@return how far flushes have come} */
    public FlushLedger ledger() {
        return ledger;
    }

    /** {@return who serves; null when the gate is closed} */
    public Tenure tenure() {
        return tenure;
    }

    /**
     * Waits until the gate is open, and enters; the caller has counted itself on its cell and found the gate closed.
     *
     * @return who serves
     * @throws StorageException as the closure says; the caller is not counted any more then
     */
    Tenure park(Cell cell, Kind kind, String operation) throws StorageException {
        cell.retract(kind);
        if (closure.remaining() > 0) {
            parked.increment();
            beforeParking.run();
        }
        while (true) {
            try {
                awaitOpen(operation, Long.MAX_VALUE);
            } catch (StorageException e) {
                failures.increment();
                throw e;
            }
            cell.begin(kind);
            Tenure serving = tenure;
            if (serving != null) {
                return serving;
            }
            cell.retract(kind);
        }
    }

    /**
     * Waits until the gate is open, without entering.
     *
     * @param nanos how long at most
     * @return whether it is open
     * @throws StorageException as the closure says
     */
    boolean awaitOpen(String operation, long nanos) throws StorageException {
        long start = System.nanoTime();
        boolean interrupted = false;
        lock.lock();
        try {
            while (tenure == null) {
                Closure why = closure;
                long left = Math.min(why.remaining(), nanos - (System.nanoTime() - start));
                if (why.remaining() <= 0) {
                    throw why.failure(operation, gated);
                }
                if (left <= 0) {
                    return false;
                }
                if (why.yieldsToInterrupt()
                        && (interrupted || Thread.currentThread().isInterrupted())) {
                    interrupted = true;
                    throw interrupted(operation, why);
                }
                try {
                    changed.awaitNanos(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            return true;
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private StorageException interrupted(String operation, Closure why) {
        return StorageException.of(
                        StorageException.Kind.INTERRUPTED,
                        operation,
                        "interrupted while waiting, nothing was transferred; " + gated + ": " + why.why())
                .build();
    }

    void failed() {
        failures.increment();
    }

    /** Opens the gate to a tenure. */
    public void open(Tenure serving) {
        lock.lock();
        try {
            writersSlowed = false;
            pauseNanos = System.nanoTime() - closedAt;
            tenure = serving;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the gate, or tells those who wait at the closed one another reason and another bound. */
    public void close(Closure why) {
        lock.lock();
        try {
            closure = why;
            if (tenure != null) {
                closedAt = System.nanoTime();
            }
            tenure = null;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes the gate if this tenure still has it; {@return whether it had} */
    public boolean closeOn(Tenure serving, Closure why) {
        lock.lock();
        try {
            if (tenure != serving) {
                return false;
            }
            close(why);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** {@return for how many nanoseconds the gate has been closed, or was the last time} */
    public long pauseNanos() {
        return tenure == null ? System.nanoTime() - closedAt : pauseNanos;
    }

    /** {@return why the gate is closed, or was last} */
    public Closure closure() {
        return closure;
    }

    /** Waits until nothing is in flight; {@return whether that came true in so many nanoseconds} */
    public boolean awaitQuiet(long nanos) {
        long start = System.nanoTime();
        long pause = FIRST_PAUSE;
        for (int spin = 0; tally.inFlight() != 0; spin++) {
            if (System.nanoTime() - start > nanos) {
                return false;
            }
            if (spin < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE);
            }
        }
        return true;
    }

    /** Makes each write wait a little after it is done, until the gate is opened next. */
    public void slowWriters() {
        writersSlowed = true;
    }

    /** Lets writers go at their own speed again. */
    public void restoreWriters() {
        writersSlowed = false;
    }

    void waitIfSlowed() {
        if (writersSlowed) {
            LockSupport.parkNanos(SLOWED_WRITE_NANOS);
        }
    }

    /** {@return how many operations have waited at the gate so far} */
    public long parked() {
        return parked.sum();
    }

    /** {@return how many operations have failed so far} */
    public long failures() {
        return failures.sum();
    }

    /** {@return how many operations are in flight} */
    public long inFlight() {
        return tally.inFlight();
    }

    /** {@return how many operations of which kinds are in flight, in words} */
    public String inFlightByKind() {
        return Arrays.stream(Kind.values())
                .filter(kind -> tally.inFlight(kind) > 0)
                .map(kind -> tally.inFlight(kind) + " of " + kind.words())
                .collect(Collectors.joining(", "));
    }

    /** {@return how many reads have ended so far} */
    public long reads() {
        return tally.ended(Kind.READ);
    }

    /** {@return how many writes have ended so far} */
    public long writes() {
        return tally.ended(Kind.WRITE) + tally.ended(Kind.DURABLE_WRITE);
    }

    /** {@return how many flushes have ended so far} */
    public long flushes() {
        return tally.ended(Kind.FLUSH);
    }

    /** {@return how many bytes have been read so far} */
    public long readBytes() {
        return tally.bytes(Kind.READ);
    }

    /** {@return how many bytes have been written so far} */
    public long writtenBytes() {
        return tally.bytes(Kind.WRITE) + tally.bytes(Kind.DURABLE_WRITE);
    }

    /** {@return one in so many operations is timed} */
    public int sampleEvery() {
        return Tally.SAMPLE_EVERY;
    }
}
