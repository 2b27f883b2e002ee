package io.pinion.core.control;

import io.pinion.core.volume.Closure;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a volume: nobody finds it any more, calls fail, what was written is flushed, everything is given back. */
final class Shutdown {
    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final Actual actual;
    private final Surroundings around;

    Shutdown(Actual actual, Surroundings around) {
        this.actual = actual;
        this.around = around;
    }

    void run() {
        String name = actual.volume.name();
        around.publication().withdraw(actual.volume);
        actual.gate.close(Closure.shut(StorageException.Kind.CLOSED, "it is closed", null));
        Tenure old = actual.tenure;
        if (old != null) {
            boolean quiet = actual.volume
                    .queues()
                    .awaitQuiet(actual.configuration.drainTimeout().toNanos());
            if (quiet) {
                Retirement.end(actual, around, old);
            } else {
                LOG.warn("volume {} is closed with {} operations in flight", name, actual.gate.inFlight());
                abandon(old);
            }
        }
        actual.volume.queues().close();
        Holding holding = actual.holding;
        if (holding != null && actual.tenure == null) {
            around.claims().release(holding);
            actual.holding = null;
        }
        actual.closed();
    }

    /** What runs in the driver still needs its channel and the claim, so they stay; what was written is flushed. */
    private void abandon(Tenure old) {
        try {
            Swap.flush(actual, around.calls(), old, () -> old.channel().flush());
        } catch (StorageException e) {
            LOG.error("volume {}: the last flush failed: {}", actual.volume.name(), e.getMessage());
        }
    }
}
