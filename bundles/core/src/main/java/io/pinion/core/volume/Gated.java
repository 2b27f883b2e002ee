package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.volume.ExtraUse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What applications hold, a volume or a drive: it stays while whoever serves it changes, and each call passes its gate. Here
 * is what both have; what moves bytes is theirs.
 */
public abstract sealed class Gated permits GatedVolume, GatedDrive {
    final Gate gate;
    final Failures failures;
    final Latency readLatency = new Latency();
    final Latency writeLatency = new Latency();
    private final String name;
    private final Shape shape;
    private final Access access;
    private final Queues queues;
    private final Extras extras;
    private final Reliance reliance = new Reliance();

    Gated(String name, Shape shape, Access access, Gate gate, Failures failures) {
        this.name = name;
        this.shape = shape;
        this.access = access;
        this.gate = gate;
        this.failures = failures;
        this.extras = new Extras(gate.ledger());
        this.queues = new Queues(gate);
        gate.beforeParking(queues::drainOwn);
    }

    /** {@return what the operator calls it} */
    public final String name() {
        return name;
    }

    /** {@return what may be done with it} */
    public final Access access() {
        return access;
    }

    /** {@return whether it is a volume or a drive} */
    public final Shape shape() {
        return shape;
    }

    /** {@return its queues; a drive has none} */
    public final Queues queues() {
        return queues;
    }

    /** {@return what becomes of failures} */
    public final Failures failures() {
        return failures;
    }

    /** {@return what callers have used so far} */
    public final Reliance reliance() {
        return reliance;
    }

    /** {@return the latency of sampled reads} */
    public final Latency readLatency() {
        return readLatency;
    }

    /** {@return the latency of sampled writes} */
    public final Latency writeLatency() {
        return writeLatency;
    }

    /** {@return how the target wants to be used} */
    public final Geometry geometry() throws StorageException {
        return call(
                "geometry",
                Kind.OTHER,
                tenure -> Faults.given(tenure, "geometry", tenure.channel().geometry()));
    }

    /** {@return what can be done with whoever serves it now} */
    public final Set<Capability> capabilities() throws StorageException {
        return call("capabilities", Kind.OTHER, tenure -> tenure.examination().capabilities());
    }

    /** Uses what the driver offers beyond. What the use throws is its own affair; what the driver throws is not. */
    public <T, R> R with(Class<T> extra, ExtraUse<? super T, ? extends R> use) throws StorageException {
        Cell cell = gate.tally().cell();
        Tenure tenure = enter(cell, Kind.OTHER, "with");
        try {
            return use(tenure, extra, use);
        } catch (StorageException e) {
            throw failures.failed(tenure, "with", e);
        } finally {
            cell.end(Kind.OTHER, 0);
        }
    }

    /** Called behind the gate. */
    <T, R> R use(Tenure tenure, Class<T> extra, ExtraUse<? super T, ? extends R> use) throws StorageException {
        return use.apply(extras.of(tenure, extra));
    }

    /** What core does in a channel behind the closed gate. */
    @FunctionalInterface
    public interface Step<T> {
        /** Does it. */
        T take() throws StorageException;
    }

    /**
     * Takes a step in a channel, behind the closed gate. With a drive it counts as an operation in flight, and nobody else is
     * inside, until it is over: also when it hangs and is waited for no more.
     *
     * @throws StorageException as the step; {@code TIMEOUT} when one that was taken before is not over
     */
    public <T> T take(String name, String strategy, Step<T> step) throws StorageException {
        return step.take();
    }

    /**
     * Takes a step as {@link #take}, but while operations go on: with a drive between two of them, when its turn comes.
     *
     * @param patience how long it waits for its turn, in nanoseconds
     * @throws StorageException as {@link #take}; {@code TIMEOUT} when its turn has not come
     */
    public <T> T takeBetween(String name, String strategy, long patience, Step<T> step) throws StorageException {
        return step.take();
    }

    /** {@return what is in flight otherwise than by callers: on queues, and steps that are not over} */
    public final List<String> othersInFlight() {
        return Stream.concat(queues.inFlight().stream(), busy().stream()).toList();
    }

    /** {@return the step that is being taken in a drive, in words} */
    public Optional<String> busy() {
        return Optional.empty();
    }

    /** Flushes; what fails is the volume's, from the moment in which it fails. */
    final void flush(Tenure tenure) throws StorageException {
        try {
            gate.ledger().flush(tenure);
        } catch (StorageException | RuntimeException | Error e) {
            throw failures.told(failures.flushFailed(tenure, e));
        }
    }

    final <R> R call(String operation, Kind kind, ExtraUse<Tenure, R> use) throws StorageException {
        Cell cell = gate.tally().cell();
        Tenure tenure = enter(cell, kind, operation);
        try {
            return use.apply(tenure);
        } catch (StorageException | RuntimeException | Error e) {
            throw failures.failed(tenure, operation, e);
        } finally {
            cell.end(kind, 0);
        }
    }

    final Tenure enter(Cell cell, Kind kind, String operation) throws StorageException {
        cell.begin(kind);
        Tenure tenure = gate.tenure();
        return tenure == null ? gate.park(cell, kind, operation) : tenure;
    }

    /** {@return the word for what it is and its name, for messages} */
    @Override
    public final String toString() {
        return (shape == Shape.TAPE ? "drive " : "volume ") + name;
    }
}
