package io.pinion.core.control;

import io.pinion.core.volume.Tenure;
import io.pinion.strategy.Handover;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapePosition;
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
        boolean quiet = actual.volume
                .queues()
                .awaitQuiet(actual.configuration.drainTimeout().toNanos());
        if (!quiet || !end(actual, around, old)) {
            actual.waitFor(left + " with " + actual.gate.inFlight()
                    + " operations in flight, and no other may serve before" + " they have ended");
            return false;
        }
        actual.waitFor(left + (unmet.isEmpty() ? "" : ": " + unmet));
        return true;
    }

    /**
     * Flushes, hands over and closes a channel on which nothing is in flight; one whose device is gone has nowhere to flush to.
     * What a tape's driver has changed of the drive stays so for whoever follows.
     *
     * @return whether it is over; else the flush of a drive hangs, or its end, and nothing else may be asked of it meanwhile
     */
    static boolean end(Actual actual, Surroundings around, Tenure old) {
        boolean flushed = flushed(actual, around, old);
        if (isTape(actual)) {
            if (isBusy(actual)) {
                return false;
            }
            // Its driver has things to hand over after a flush that failed as well: how far the tape is good.
            Handover left = handOver(actual, around, old);
            if (isBusy(actual)) {
                return false;
            }
            actual.handover = flushed ? left : left.at(TapePosition.unknown());
        }
        dismiss(actual);
        Swap.close(around.calls(), old, actual.volume.queues().detach());
        return true;
    }

    /**
     * As {@link #end}, of a channel that nobody follows: it is handed over to nobody, and what a tape's driver has changed of the
     * drive it changes back while it is closed, in the drive as any other step.
     *
     * @return whether it is over; else the flush of a drive hangs, or its close
     */
    static boolean endForGood(Actual actual, Surroundings around, Tenure old) {
        flushed(actual, around, old);
        if (isTape(actual) && isBusy(actual)) {
            return false;
        }
        dismiss(actual);
        Swap.close(actual, around.calls(), old, actual.volume.queues().detach());
        return !isTape(actual) || !isBusy(actual);
    }

    private static void dismiss(Actual actual) {
        actual.served.change(null);
        actual.tenure = null;
    }

    private static boolean isTape(Actual actual) {
        return actual.volume.shape() == Shape.TAPE;
    }

    private static boolean isBusy(Actual actual) {
        return !actual.volume.queues().awaitQuiet(0);
    }

    /** {@return whether nothing is left to flush, as far as anybody knows} */
    private static boolean flushed(Actual actual, Surroundings around, Tenure old) {
        if (actual.lostData != null || actual.removal != null || !Swap.needsFlush(actual)) {
            return true;
        }
        try {
            Swap.flush(actual, around.calls(), old, () -> actual.gate.ledger().flush(old));
            return true;
        } catch (StorageException e) {
            LOG.error("{}: the last flush of its strategy failed: {}", actual.volume, e.getMessage());
            // One that was waited for no more may have succeeded since.
            return !Swap.needsFlush(actual);
        }
    }

    /** {@return what the next strategy takes over: the tape stays where it is meanwhile} */
    private static Handover handOver(Actual actual, Surroundings around, Tenure old) {
        try {
            long nanos = actual.bounds.succession(Shape.TAPE, 0);
            return around.calls().call("end", nanos, () -> Swap.end(actual, old), late -> {});
        } catch (StorageException e) {
            LOG.warn(
                    "where strategy {} left the tape in {} is not known: {}",
                    old.strategy(),
                    old.target(),
                    e.getMessage());
            return inDoubt(old);
        }
    }

    private static Handover inDoubt(Tenure old) {
        return Handover.from(old.strategy()).at(TapePosition.unknown());
    }
}
