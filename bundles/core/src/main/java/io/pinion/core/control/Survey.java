package io.pinion.core.control;

import io.pinion.core.volume.BoundedCalls;
import io.pinion.strategy.Examination;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.volume.StrategyChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Asks every strategy that serves a target's scheme what it says of the target; all at once, for somebody who waits. */
final class Survey {
    private static final long EXAMINE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Surroundings around;

    Survey(Surroundings around) {
        this.around = around;
    }

    List<StrategyChoice> of(Target target) throws StorageException {
        Target known = asHeld(target);
        Map<StrategyEntry, BoundedCalls.Begun<Examination>> asked = new LinkedHashMap<>();
        for (StrategyEntry entry : around.directory().used()) {
            if (entry.schemes().contains(target.scheme())) {
                asked.put(
                        entry,
                        around.calls()
                                .begin(
                                        "examine",
                                        EXAMINE_NANOS,
                                        () -> entry.strategy().examine(known),
                                        late -> {}));
            }
        }
        List<StrategyChoice> choices = new ArrayList<>();
        asked.forEach((entry, examination) ->
                choices.add(new StrategyChoice(entry.name(), result(entry.name(), examination))));
        return choices;
    }

    /**
     * A volume's target is examined as the volume holds it. A drive's is not: what is asked by its one descriptor would come beside
     * the operations, or have whoever waits here wait for them; so strategies say what they know without.
     */
    private Target asHeld(Target target) throws StorageException {
        String identity =
                target.scheme().equals(Target.PATH) ? around.inspect(target).identity() : "";
        return around.claims()
                .find(target, identity)
                .filter(held -> !held.isExclusive())
                .flatMap(Holding::claim)
                .map(target::claimedBy)
                .orElse(target);
    }

    private static Examination result(String strategy, BoundedCalls.Begun<Examination> examination) {
        try {
            Examination found = examination.await();
            return found == null
                    ? Examination.unsuitable("strategy " + strategy + " broke its contract: examine returned null")
                    : found;
        } catch (StorageException e) {
            return Examination.unsuitable(e.getMessage());
        }
    }
}
