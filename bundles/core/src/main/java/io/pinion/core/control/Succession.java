package io.pinion.core.control;

import io.pinion.core.volume.Tenure;
import io.pinion.strategy.Examination;
import io.pinion.strategy.StorageException;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Has a strategy serve the volume: examines it, opens it beside whoever serves, and swaps. Runs on the reconciler's thread;
 * {@link #underWay} is for any.
 */
final class Succession {
    private final Actual actual;
    private final Surroundings around;
    private final InHand inHand;
    private final Predicate<Tenure> hasLeft;
    private volatile Attempt underWay;

    /** @param hasLeft whether a tenure's strategy is unregistered, now */
    Succession(Actual actual, Surroundings around, InHand inHand, Predicate<Tenure> hasLeft) {
        this.actual = actual;
        this.around = around;
        this.inHand = inHand;
        this.hasLeft = hasLeft;
    }

    /** {@return the change of strategies that is being tried} */
    Optional<Attempt> underWay() {
        return Optional.ofNullable(underWay);
    }

    SwapReport to(StrategyEntry entry, Attempt attempt) {
        inHand.take(Optional.of(entry));
        if (!around.directory().has(entry)) {
            return attempt.report(Outcome.REFUSED, "strategy " + entry.name() + " has left");
        }
        underWay = attempt;
        try {
            return tried(entry, attempt);
        } catch (Preparation.Unfit e) {
            return attempt.report(Outcome.REFUSED, e.getMessage());
        } catch (StorageException e) {
            actual.volume.failures().trouble(actual.holding.device());
            return attempt.report(Outcome.ROLLED_BACK, e.getMessage());
        } finally {
            underWay = null;
        }
    }

    private SwapReport tried(StrategyEntry entry, Attempt attempt) throws StorageException, Preparation.Unfit {
        attempt.step("examine");
        Holding holding = actual.holding;
        Preparation preparation = new Preparation(around.calls(), actual.configuration);
        Examination found = preparation.examine(entry, holding, actual.volume);
        preparation.checkFit(entry, found, Optional.ofNullable(actual.tenure), actual.volume.reliance());
        attempt.step("open");
        Tenure next = preparation.open(entry, holding, found, actual.served.meter(entry.name()));
        return new Swap(actual, around.calls(), attempt, hasLeft).to(next);
    }
}
