package io.pinion.core.control;

import io.pinion.core.volume.BoundedCalls;
import io.pinion.core.volume.Closure;
import io.pinion.core.volume.Faults;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.Claim;
import io.pinion.strategy.Handover;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The swap of one volume from whoever serves it to a candidate that is open beside it; with nobody serving, the first
 * opening. Until the candidate is published every failure leaves the old channel serving, except a failed flush, which is
 * the volume's. Runs on the reconciler's thread.
 */
final class Swap {
    private static final Logger LOG = LoggerFactory.getLogger(Swap.class);
    private static final long LONGEST_NANOS = TimeUnit.DAYS.toNanos(3650);

    private final Actual actual;
    private final BoundedCalls calls;
    private final Attempt attempt;
    private final Predicate<Tenure> hasLeft;
    private List<ChannelQueue> idleQueues = List.of();

    /** @param hasLeft whether a tenure's strategy is unregistered, now: then it serves nobody again */
    Swap(Actual actual, BoundedCalls calls, Attempt attempt, Predicate<Tenure> hasLeft) {
        this.actual = actual;
        this.calls = calls;
        this.attempt = attempt;
        this.hasLeft = hasLeft;
    }

    /** Steps 3 to 8. The candidate's channel is closed unless it is published. */
    SwapReport to(Tenure next) {
        Tenure old = actual.tenure;
        Outcome outcome = Outcome.ROLLED_BACK;
        String detail = "";
        try {
            if (old != null) {
                actual.swapping();
                attempt.step("flush, beside the operations");
                if (actual.volume.shape() == Shape.POSITIONAL) {
                    new Preflush(actual, calls, attempt).run(old);
                }
            }
            attempt.prepared();
            exchange(old, next);
            outcome = Outcome.PUBLISHED;
        } catch (StorageException | RuntimeException | Error e) {
            detail = e instanceof StorageException ? e.getMessage() : "a defect: " + e;
            if (old != null || actual.handover != null) {
                endRefused(next);
            }
            if (old != null) {
                goOn(old);
            }
            if (old == null && e instanceof StorageException failure && failure.kind() == Kind.POSITION_UNKNOWN) {
                actual.handover = first().at(TapePosition.unknown());
            }
            if (actual.lostData != null) {
                outcome = Outcome.FLUSH_FAILED;
            } else if (old != null && hasLeft.test(old)) {
                actual.waitFor("strategy " + old.strategy() + " has left, and going on with " + next.strategy()
                        + " failed: " + detail);
            } else if (old != null) {
                actual.serve(old);
            }
        }
        attempt.measure(actual.gate);
        attempt.step("close");
        Tenure over = outcome == Outcome.PUBLISHED ? old : next;
        if (over != null) {
            close(calls, over, idleQueues);
        }
        return attempt.report(outcome, detail);
    }

    /** Steps 4 to 6: behind the closed gate. */
    private void exchange(Tenure old, Tenure next) throws StorageException {
        if (old != null) {
            attempt.closing(actual.gate);
            closeGate(old, next);
        }
        if (old != null || isTape()) {
            // The step of a swap before may be in flight, too, and that of a channel which never served.
            attempt.step("wait for the operations in flight");
            drain();
        }
        calls.sequence(steps -> {
            Handover handover = old == null ? first() : settle(old, steps);
            next(steps, "begin", successionNanos());
            return actual.volume.take("begin", next.strategy(), () -> begin(next, handover));
        });
        refuseIfLost();
        refuseIfLeft(next);
        refuseIfUnmet(next);
        actual.served.change(next);
        actual.tenure = next;
        idleQueues = actual.volume.queues().detach();
        actual.used = actual.holding;
        actual.handover = null;
        actual.volume.queues().resume(next);
        actual.serve(next);
    }

    /** When it has begun, its close is not to change back what it found: somebody else goes on with that. Behind the closed gate. */
    private void endRefused(Tenure next) {
        if (!next.hasBegun() || !actual.volume.queues().awaitQuiet(0)) {
            return;
        }
        try {
            calls.call("end", successionNanos(), () -> end(actual, next), late -> {});
        } catch (StorageException e) {
            LOG.warn("ending strategy {} on {}, which was refused: {}", next.strategy(), next.target(), e.getMessage());
        }
    }

    /** A drive's channel that may have handed over is asked where the tape stands: so it knows that it serves still. */
    private void goOn(Tenure old) {
        if (!isTape() || !actual.volume.queues().awaitQuiet(0)) {
            return;
        }
        try {
            calls.call(
                    "position",
                    successionNanos(),
                    () -> actual.volume.take("position", old.strategy(), old::handover),
                    late -> {});
        } catch (StorageException e) {
            LOG.warn("going on with strategy {} on {}: {}", old.strategy(), old.target(), e.getMessage());
        }
    }

    private static Handover begin(Tenure next, Handover handover) throws StorageException {
        next.begin(handover);
        return handover;
    }

    private void closeGate(Tenure old, Tenure next) {
        String why = "it is being swapped from " + old.strategy() + " to " + next.strategy();
        long bound = Math.min(drainNanos(), LONGEST_NANOS)
                + 2 * Math.min(successionNanos(), LONGEST_NANOS)
                + 2 * flushNanos(actual);
        // When the strategy has left, the gate may be closed already; callers then wait within their grace.
        actual.gate.closeOn(old, hasLeft.test(old) ? actual.waiting(why) : Closure.forSwap(why, bound, isTape()));
    }

    private void drain() throws StorageException {
        if (!actual.volume.queues().awaitQuiet(drainNanos())) {
            String others = String.join("; ", actual.volume.othersInFlight());
            throw StorageException.of(
                            Kind.TIMEOUT,
                            "drain",
                            actual.gate.inFlight() + " operations are still in flight after drain.timeout="
                                    + actual.configuration.drainTimeout().toMillis() + "ms"
                                    + (others.isEmpty() ? "" : ": " + others))
                    .build();
        }
    }

    private void next(BoundedCalls.Steps steps, String step, long nanos) throws StorageException {
        steps.next(step, nanos);
        attempt.step(step);
    }

    /** Leaves nothing dirty, and learns what the successor must know. */
    private Handover settle(Tenure old, BoundedCalls.Steps steps) throws StorageException {
        if (needsFlush(actual)) {
            next(steps, "flush", flushNanos(actual));
            flush(actual, old, () -> actual.gate.ledger().flush(old));
            Optional<Claim> claim = actual.holding.claim().filter(c -> !c.isExclusive());
            if (claim.isPresent()) {
                next(steps, "flush", flushNanos(actual));
                flush(actual, old, () -> claim.get().flush());
            }
        }
        next(steps, "end", successionNanos());
        return end(actual, old);
    }

    /** {@return what the channel, on which nothing is in flight and nothing unflushed, leaves to its successor} */
    static Handover end(Actual actual, Tenure old) throws StorageException {
        Handover handover =
                actual.volume.take("end", old.strategy(), () -> old.channel().end(old.handover()));
        if (handover == null) {
            throw Faults.fault(old, "end", "it returned null", null);
        }
        return handover;
    }

    /** {@return whether to flush before a channel ends} A tape not for nothing: where it is in doubt that can't be done. */
    static boolean needsFlush(Actual actual) {
        return actual.configuration.access().canWrite()
                && (actual.volume.shape() == Shape.POSITIONAL
                        || actual.gate.ledger().unflushed() > 0);
    }

    /** Flushes within a bound; see {@link #flush(Actual, Tenure, BoundedCalls.Action)}. */
    static void flush(Actual actual, BoundedCalls calls, Tenure serving, BoundedCalls.Action action)
            throws StorageException {
        calls.run("flush", flushNanos(actual), () -> flush(actual, serving, action));
    }

    /** Flushes; what fails is the volume's, also when it fails after nobody waits for it any more. */
    private static void flush(Actual actual, Tenure serving, BoundedCalls.Action action) throws StorageException {
        actual.volume.take("flush", serving.strategy(), () -> {
            try {
                action.run();
                return serving;
            } catch (StorageException | RuntimeException | Error e) {
                StorageException failure = actual.volume.failures().flushFailed(serving, e);
                actual.volume.failures().lost(serving, failure);
                throw failure;
            }
        });
    }

    private static long flushNanos(Actual actual) {
        return actual.bounds.flush(actual.volume.shape());
    }

    /** Callers may have begun to rely on more since the candidate was examined. */
    private void refuseIfUnmet(Tenure next) throws StorageException {
        Optional<String> unmet = actual.volume.reliance().unmetBy(next.examination());
        if (unmet.isPresent()) {
            throw StorageException.of(Kind.UNSUPPORTED, "begin", "strategy " + next.strategy() + " " + unmet.get())
                    .build();
        }
    }

    /** {@return what the first channel takes over, or the first since a strategy left, or the target was given back} */
    private Handover first() {
        Holding holding = actual.holding;
        boolean unused = actual.used != holding;
        boolean empty = holding.isCreated() && unused;
        Handover left = inMode(actual.handover == null ? Handover.first() : actual.handover, unused);
        return empty && actual.configuration.createSize().isPresent()
                ? left.created(actual.configuration.createSize().getAsLong())
                : left;
    }

    /** Whoever serves first on a target that was just opened puts it into the mode that is configured. */
    private Handover inMode(Handover left, boolean unused) {
        OptionalInt configured = actual.configuration.blockSize();
        return unused && configured.isPresent() ? Tenure.inMode(left, configured.getAsInt()) : left;
    }

    /** A flush of a caller's, or one that was abandoned, may have failed meanwhile, and the device may be gone. */
    private void refuseIfLost() throws StorageException {
        StorageException lost = actual.lostData;
        if (lost != null) {
            throw lost;
        }
        Removal removal = actual.removal;
        if (removal != null) {
            throw removal.error();
        }
    }

    private void refuseIfLeft(Tenure next) throws StorageException {
        if (hasLeft.test(next)) {
            throw StorageException.of(
                            Kind.UNAVAILABLE, "begin", "strategy " + next.strategy() + " left before it was published")
                    .build();
        }
    }

    /** Closes a channel and its queues, and does not mind what they throw: they serve nobody. */
    static void close(BoundedCalls calls, Tenure tenure, List<ChannelQueue> queues) {
        close(calls, tenure, queues, BoundedCalls.DRIVER_NANOS, tenure.channel()::close);
    }

    /** Closes the channel that served last; of a drive as a step in it, because settings may be changed back. */
    static void close(Actual actual, BoundedCalls calls, Tenure last, List<ChannelQueue> queues) {
        long nanos = actual.bounds.succession(actual.volume.shape(), BoundedCalls.DRIVER_NANOS);
        close(
                calls,
                last,
                queues,
                nanos,
                () -> actual.volume.take("close", last.strategy(), () -> {
                    last.channel().close();
                    return last;
                }));
    }

    private static void close(
            BoundedCalls calls, Tenure tenure, List<ChannelQueue> queues, long nanos, BoundedCalls.Action channel) {
        try {
            if (!queues.isEmpty()) {
                calls.run("close", BoundedCalls.DRIVER_NANOS, () -> queues.forEach(queue -> close(queue, tenure)));
            }
        } catch (StorageException e) {
            LOG.warn("closing queues of strategy {} on {}: {}", tenure.strategy(), tenure.target(), e.getMessage());
        }
        try {
            calls.run("close", nanos, channel);
        } catch (StorageException e) {
            LOG.warn(
                    "closing the channel of strategy {} on {}: {}", tenure.strategy(), tenure.target(), e.getMessage());
        }
    }

    private static void close(ChannelQueue queue, Tenure tenure) {
        try {
            queue.close();
        } catch (RuntimeException | Error e) {
            LOG.warn("closing a queue of strategy {} on {}", tenure.strategy(), tenure.target(), e);
        }
    }

    private boolean isTape() {
        return actual.volume.shape() == Shape.TAPE;
    }

    private long successionNanos() {
        return actual.bounds.succession(actual.volume.shape(), drainNanos());
    }

    private long drainNanos() {
        return actual.configuration.drainTimeout().toNanos();
    }
}
