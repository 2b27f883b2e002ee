package io.pinion.core.control;

import io.pinion.core.volume.Tenure;
import io.pinion.strategy.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a tenure whose strategy has left and for which there is no successor: callers wait for one. */
final class Retirement {
    private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);

    private final Actual actual;
    private final Surroundings around;
    private final String unmet;

    Retirement(Actual actual, Surroundings around, String unmet) {
        this.actual = actual;
        this.around = around;
        this.unmet = unmet;
    }

    /** {@return whether it is over; else operations are in flight still, and it must be tried again} */
    boolean run() {
        Tenure old = actual.tenure;
        String left = "strategy " + old.strategy() + " has left";
        actual.park(old, left);
        if (!actual.volume
                .queues()
                .awaitQuiet(actual.configuration.drainTimeout().toNanos())) {
            actual.waitFor(left + " with " + actual.gate.inFlight()
                    + " operations in flight, and no other may serve before" + " they have ended");
            return false;
        }
        end(actual, around, old);
        actual.waitFor(left + (unmet.isEmpty() ? "" : ": " + unmet));
        return true;
    }

    /** Flushes and closes a channel on which nothing is in flight; one whose device is gone has nowhere to flush to. */
    static void end(Actual actual, Surroundings around, Tenure old) {
        try {
            if (actual.lostData == null
                    && actual.removal == null
                    && actual.configuration.access().canWrite()) {
                Swap.flush(
                        actual, around.calls(), old, () -> actual.gate.ledger().flush(old));
            }
        } catch (StorageException e) {
            LOG.error("volume {}: the last flush of its strategy failed: {}", actual.volume.name(), e.getMessage());
        }
        actual.served.change(null);
        actual.tenure = null;
        Swap.close(around.calls(), old, actual.volume.queues().detach());
    }
}
