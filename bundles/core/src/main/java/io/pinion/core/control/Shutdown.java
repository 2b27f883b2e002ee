package io.pinion.core.control;

import io.pinion.core.volume.Closure;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a volume: nobody finds it any more, calls fail, what was written is flushed, everything is given back. */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Actual actual;
    private final Surroundings around;
    private boolean abandoned;

    Shutdown(Actual actual, Surroundings around) {
        this.actual = actual;
        this.around = around;
    }

    void run() {
        around.publication().withdraw(actual.volume);
        actual.gate.close(Closure.shut(StorageException.Kind.CLOSED, "it is closed", null));
        Tenure old = actual.tenure;
        if (old != null || isTape()) {
            boolean quiet = actual.volume
                    .queues()
                    .awaitQuiet(actual.configuration.drainTimeout().toNanos());
            abandoned = !quiet || old != null && !Retirement.endForGood(actual, around, old);
            if (abandoned) {
                LOG.warn("{} is closed with {} operations in flight", actual.volume, actual.gate.inFlight());
                abandon(old);
            }
        }
        actual.volume.queues().close();
        if (!abandoned) {
            actual.release(around);
        }
        actual.closed();
    }

    /** {@return whether something had to stay, because a driver is still at work with it} */
    boolean hasRest() {
        return abandoned;
    }

    /**
     * Closes what had to stay because a driver was still at work with it, once it no longer is, however long that takes.
     * Nobody waits for this.
     */
    void giveBackTheRest() {
        if (!abandoned) {
            return;
        }
        awaitQuiet();
        Tenure old = actual.tenure;
        if (old != null) {
            if (isTape()) {
                flush(old);
                awaitQuiet();
            }
            actual.served.change(null);
            actual.tenure = null;
            close(old);
        }
        actual.release(around);
    }

    private void awaitQuiet() {
        while (!actual.volume.queues().awaitQuiet(0)) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    private static void close(Tenure old) {
        try {
            old.channel().close();
        } catch (RuntimeException | Error e) {
            LOG.warn("closing the channel of strategy {} on {}", old.strategy(), old.target(), e);
        }
    }

    /**
     * What runs in the driver still needs its channel and the claim, so they stay; what was written is flushed. On a tape that is
     * for later: its driver does one thing at a time.
     */
    private void abandon(Tenure old) {
        if (!isTape()) {
            flush(old);
        }
    }

    private boolean isTape() {
        return actual.volume.shape() == Shape.TAPE;
    }

    private void flush(Tenure old) {
        if (actual.lostData != null || actual.removal != null || !Swap.needsFlush(actual)) {
            return;
        }
        try {
            Swap.flush(actual, around.calls(), old, () -> actual.gate.ledger().flush(old));
        } catch (StorageException e) {
            LOG.error("{}: the last flush failed: {}", actual.volume, e.getMessage());
        }
    }
}
