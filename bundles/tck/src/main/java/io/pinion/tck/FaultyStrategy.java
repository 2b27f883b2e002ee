package io.pinion.tck;

import io.pinion.strategy.Capability;
import io.pinion.strategy.Examination;
import io.pinion.strategy.IoChannel;
import io.pinion.strategy.IoStrategy;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import java.util.Objects;

/**
 * A driver that does what another one does, except where a {@link Fault} is injected: for tests of what stands above.
 *
 * <pre>{@code
 * FaultyStrategy faulty = FaultyStrategy.around(new MemoryStrategy(store));
 * faulty.inject(Call.FLUSH, Fault.failsWriteBack().times(1));
 * }</pre>
 *
 * <p>Safe for any thread. Faults strike channels that are open already, too.
 */
public final class FaultyStrategy implements IoStrategy {
    /** Whether there is a queue of the driver's own, and whose it is. */
    private enum Queues {
        NONE,
        ANY_THREAD,
        OWNER_BOUND
    }

    private final IoStrategy strategy;
    private final Queues queues;
    private final Faults faults;

    private FaultyStrategy(IoStrategy strategy, Queues queues, Faults faults) {
        this.strategy = Objects.requireNonNull(strategy);
        this.queues = queues;
        this.faults = faults;
    }

    /** {@return a driver that does what this one does, a positional one, without a queue of its own} */
    public static FaultyStrategy around(IoStrategy strategy) {
        return new FaultyStrategy(strategy, Queues.NONE, new Faults());
    }

    /** {@return this driver with a queue of its own, which any thread may drive; the faults are shared} */
    public FaultyStrategy withQueue() {
        return new FaultyStrategy(strategy, Queues.ANY_THREAD, faults);
    }

    /** {@return this driver with a queue of its own, which throws when another thread than its owner drives it} */
    public FaultyStrategy withOwnerBoundQueue() {
        return new FaultyStrategy(strategy, Queues.OWNER_BOUND, faults);
    }

    /** {@return the fault, which strikes from now on} */
    public Fault inject(Call call, Fault fault) {
        faults.inject(call, fault);
        return fault;
    }

    /** Lets the fault strike no more, and releases what it holds up. */
    public void remove(Fault fault) {
        faults.remove(fault);
    }

    /** Removes all faults. */
    public void clear() {
        faults.clear();
    }

    @Override
    public Examination examine(Target target) throws StorageException {
        faults.strike(Call.EXAMINE, "examine");
        Examination found = strategy.examine(target);
        if (!found.isSuitable() || queues == Queues.NONE) {
            return found;
        }
        Examination.Builder more = Examination.suitable(found.identity(), found.geometry())
                .capability(found.capabilities().toArray(Capability[]::new))
                .capability(Capability.NATIVE_QUEUE)
                .access(found.access());
        found.backing().ifPresent(more::backing);
        found.notes().forEach(more::note);
        return more.build();
    }

    @Override
    public IoChannel open(Target target, OpenOptions options) throws StorageException {
        faults.strike(Call.OPEN, "open");
        PositionalChannel channel = (PositionalChannel) strategy.open(target, options);
        return new FaultyChannel(channel, faults, queues != Queues.NONE, queues == Queues.OWNER_BOUND);
    }
}
