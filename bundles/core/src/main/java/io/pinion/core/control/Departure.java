package io.pinion.core.control;

import io.pinion.core.volume.Tenure;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of what a volume has on a device that was pulled out: operations in flight end, the channel is closed without a
 * flush, the claim given back. What was written and not flushed is counted still, for when the device is back. So it is with a
 * volume that has failed as well: while anybody has some devices open (NBD's), nobody can put in order what is behind them.
 */
final class Departure {
    private static final Logger LOG = LoggerFactory.getLogger(Departure.class);
    /** For queues that any thread may give up. */
    private static final long GIVE_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Actual actual;
    private final Surroundings around;

    Departure(Actual actual, Surroundings around) {
        this.actual = actual;
        this.around = around;
    }

    /** {@return whether nothing is held any more; else operations are in flight still, and it must be tried again} */
    boolean run(Removal removal) {
        if (actual.holding == null) {
            return true;
        }
        Tenure old = actual.tenure;
        if (!isQuiet(removal) || old != null && !Retirement.end(actual, around, old)) {
            actual.waitFor(actual.gate.inFlight() + " operations on it have not ended");
            return false;
        }
        actual.release(around);
        actual.waitFor("");
        report(removal);
        return true;
    }

    private boolean isQuiet(Removal removal) {
        if (actual.volume
                .queues()
                .awaitQuiet(actual.configuration.drainTimeout().toNanos())) {
            return true;
        }
        actual.volume.queues().giveUp(removal.error());
        return actual.volume.queues().awaitQuiet(GIVE_UP_NANOS);
    }

    private void report(Removal removal) {
        long unflushed = actual.gate.ledger().unflushed();
        if (unflushed > 0) {
            LOG.warn(
                    "{}: {}, with {} bytes written and not flushed; when it is back, look at what it holds",
                    actual.volume,
                    removal.error().detail(),
                    unflushed);
        } else {
            LOG.info("{}: {}", actual.volume, removal.error().detail());
        }
    }
}
