package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import io.pinion.strategy.StorageException;
import io.pinion.volume.VolumeStatistics.Durability;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How far flushes have come. A flush covers the bytes that were counted as written before it began, and is noted once it
 * has succeeded, so that transfers pay nothing for this. Durable writes need no flush and are counted apart.
 */
public final class FlushLedger {
    private final Tally tally;
    /** Written otherwise than by a transfer, in bytes. */
    private final AtomicLong extra = new AtomicLong();

    private final AtomicLong covered = new AtomicLong();
    private volatile Instant lastFlush;
    /** Some of the bytes up to here have waited for a flush since; both are guarded by this. */
    private long waitingUpTo;

    private Instant waitingSince;

    FlushLedger(Tally tally) {
        this.tally = tally;
    }

    /**
     * Flushes the channel that serves, and notes what that has made durable. The kernel drops what is dirty when a device is
     * pulled out, and may then find nothing to flush and nothing wrong: so the device must still be there afterwards.
     */
    public void flush(Tenure serving) throws StorageException {
        long before = written();
        serving.flushes().flush();
        Optional<StorageException> trouble = serving.device().look();
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        covered(before);
    }

    /** {@return how many bytes have been written that need a flush} */
    long written() {
        return tally.bytes(Kind.WRITE) + extra.get();
    }

    /** So many bytes have been written otherwise than by a transfer, and need a flush. */
    void wrote(long bytes) {
        extra.addAndGet(bytes);
    }

    /** {@return whether something has been written that no flush covers yet} */
    boolean isBehind() {
        return unflushed() > 0;
    }

    /** {@return how many bytes have been written that no flush covers yet} Exact while nothing is in flight. */
    public long unflushed() {
        return Math.max(0, written() - covered.get());
    }

    /** A flush has succeeded that covers the first so many of those bytes. */
    void covered(long bytes) {
        covered.accumulateAndGet(bytes, Math::max);
        lastFlush = Instant.now();
    }

    /** What has been written waits for no flush any more, because its loss is accepted. Nothing is in flight. */
    public void writeOff() {
        covered.accumulateAndGet(written(), Math::max);
    }

    /** Notes since when bytes have been waiting: as exact as this is called often. */
    public synchronized void look() {
        long flushed = covered.get();
        if (flushed < waitingUpTo) {
            return;
        }
        waitingUpTo = Math.max(written(), flushed);
        waitingSince = waitingUpTo > flushed ? Instant.now() : null;
    }

    /** {@return what is durable and what waits} */
    public synchronized Durability durability() {
        long unflushed = unflushed();
        look();
        Instant since = waitingSince == null ? Instant.now() : waitingSince;
        return new Durability(
                Optional.ofNullable(lastFlush), unflushed, unflushed == 0 ? Optional.empty() : Optional.of(since));
    }
}
