package io.pinion.core.control;

import io.pinion.core.config.VolumeConfiguration;
import io.pinion.core.volume.BoundedCalls;
import io.pinion.core.volume.Gated;
import io.pinion.core.volume.Reliance;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.Examination;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.Target;
import io.pinion.strategy.TransferMeter;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first two steps of a swap: examines a candidate on the target, and opens it beside whoever serves. */
final class Preparation {
    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private final BoundedCalls calls;
    private final VolumeConfiguration configuration;

    Preparation(BoundedCalls calls, VolumeConfiguration configuration) {
        this.calls = calls;
        this.configuration = configuration;
    }

    /** A candidate that does not fit, for a reason that its report will have. */
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        Unfit(String reason) {
            super(reason);
        }

        static Unfit otherSchemes(StrategyEntry entry, Target target) {
            return new Unfit("strategy " + entry.name() + " serves targets of scheme "
                    + String.join(", ", new TreeSet<>(entry.schemes())) + ", not " + target.scheme());
        }
    }

    /** {@return what the strategy says of the target} */
    Examination examine(StrategyEntry entry, Target target) throws StorageException, Unfit {
        return examine(entry, target, steps -> examination(entry, target, steps));
    }

    /**
     * {@return what the strategy says of what is held} A drive has one descriptor, and does one thing at a time: what is asked by
     * that takes its turn with the operations, which go on, and waits for them as long as a swap does.
     */
    Examination examine(StrategyEntry entry, Holding held, Gated volume) throws StorageException, Unfit {
        if (!held.isExclusive()) {
            return examine(entry, held.target());
        }
        long patience = configuration.drainTimeout().toNanos();
        return examine(entry, held.target(), steps -> {
            steps.next("wait for its turn", patience + BoundedCalls.DRIVER_NANOS);
            return volume.takeBetween(
                    "examine", entry.name(), patience, () -> examination(entry, held.target(), steps));
        });
    }

    private static Examination examination(StrategyEntry entry, Target target, BoundedCalls.Steps steps)
            throws StorageException {
        steps.next("examine", BoundedCalls.DRIVER_NANOS);
        return entry.strategy().examine(target);
    }

    private Examination examine(StrategyEntry entry, Target target, BoundedCalls.Sequence<Examination> question)
            throws StorageException, Unfit {
        if (!entry.schemes().contains(target.scheme())) {
            throw Unfit.otherSchemes(entry, target);
        }
        Examination found = calls.sequence(question);
        if (found == null) {
            throw new Unfit("strategy " + entry.name() + " broke its contract: examine returned null");
        }
        if (!found.isSuitable()) {
            throw new Unfit(
                    "strategy " + entry.name() + " cannot serve " + target + ": " + String.join("; ", found.notes()));
        }
        return found;
    }

    /** Refuses a candidate that lacks what callers rely on. */
    void checkFit(StrategyEntry entry, Examination found, Optional<Tenure> serving, Reliance relied) throws Unfit {
        if (configuration.access().canWrite() && !found.access().canWrite()) {
            throw new Unfit("strategy " + entry.name() + " could only read " + configuration.target()
                    + "; the configuration has access=" + configuration.access());
        }
        Optional<String> unmet = relied.unmetBy(found);
        if (unmet.isPresent()) {
            throw new Unfit("strategy " + entry.name() + " " + unmet.get());
        }
        if (serving.isPresent()) {
            checkSame(entry, found, serving.get().examination());
        }
    }

    private static void checkSame(StrategyEntry entry, Examination found, Examination before) throws Unfit {
        if (!found.identity().equals(before.identity())) {
            throw new Unfit("strategy " + entry.name() + " sees another target (" + found.identity()
                    + ") than the one that is served (" + before.identity() + ")");
        }
    }

    /** {@return a tenure whose channel is open and has not begun} */
    Tenure open(StrategyEntry entry, Holding holding, Examination found, TransferMeter meter)
            throws StorageException, Unfit {
        OpenOptions options = OpenOptions.of(configuration.access()).withMeter(meter);
        Target target = holding.target();
        IoChannel channel = calls.call(
                "open", BoundedCalls.DRIVER_NANOS, () -> entry.strategy().open(target, options), Preparation::discard);
        try {
            Class<? extends IoChannel> expected =
                    configuration.shape() == Shape.TAPE ? TapeChannel.class : PositionalChannel.class;
            if (!expected.isInstance(channel)) {
                throw new Unfit("strategy " + entry.name() + " broke its contract: open returned "
                        + (channel == null ? "null" : channel.getClass().getName()) + ", no "
                        + expected.getSimpleName());
            }
            Optional<String> another = calls.call(
                    "identity",
                    BoundedCalls.DRIVER_NANOS,
                    () -> channel.identity().filter(opened -> !opened.equals(found.identity())),
                    late -> {});
            if (another.isPresent()) {
                throw new Unfit(
                        "strategy " + entry.name() + " opened " + another.get() + ", examined was " + found.identity());
            }
            // Its number may be another device's by now, and what was opened by way of the claim's descriptor be that
            // one.
            holding.device().check();
            return new Tenure(entry.name(), entry, target, channel, found, meter, holding.device());
        } catch (Unfit | StorageException | RuntimeException e) {
            giveBack(channel);
            throw e;
        }
    }

    /** Closes a channel that will not be used, and does not mind what it throws. */
    private void giveBack(IoChannel channel) {
        try {
            calls.run("close", BoundedCalls.DRIVER_NANOS, () -> discard(channel));
        } catch (StorageException e) {
            LOG.warn("closing a channel that does not fit: {}", e.getMessage());
        }
    }

    private static void discard(IoChannel channel) {
        if (channel != null) {
            channel.close();
        }
    }
}
