package io.pinion.core.control;

import io.pinion.core.volume.Tenure;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The strategies that a volume's thread may be calling now, those that serve no more or not yet included. That thread takes
 * them in hand before it looks whether they are there; a strategy that leaves is off the directory before somebody releases
 * it here. So it is either seen to have left, or waited for.
 */
final class InHand {
    private static final Logger LOG = LoggerFactory.getLogger(InHand.class);
    private static final long RELEASE_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Actual actual;
    private final Wishes wishes;
    private volatile Set<StrategyEntry> entries = Set.of();

    InHand(Actual actual, Wishes wishes) {
        this.actual = actual;
        this.wishes = wishes;
    }

    /** Who serves, and a candidate: before anything is asked of them. */
    void take(Optional<StrategyEntry> candidate) {
        Tenure serving = actual.tenure;
        Stream<StrategyEntry> provider =
                serving == null ? Stream.empty() : Stream.of((StrategyEntry) serving.provider());
        entries = Stream.concat(provider, candidate.stream()).collect(Collectors.toUnmodifiableSet());
    }

    void letGo() {
        entries = Set.of();
    }

    /**
     * A strategy has left: waits until it does not serve here any more, or the time is over; then it gets no more calls. For
     * any other thread.
     */
    void release(StrategyEntry entry, long nanos) {
        long start = System.nanoTime();
        while ((uses(actual.tenure, entry) || entries.contains(entry)) && System.nanoTime() - start < nanos) {
            wishes.awaitIdle(nanos - (System.nanoTime() - start));
            LockSupport.parkNanos(RELEASE_POLL_NANOS);
        }
        Tenure open = actual.gate.tenure();
        if (uses(open, entry) && actual.gate.closeOn(open, actual.waiting("strategy " + entry.name() + " has left"))) {
            LOG.warn("{} did not change over from strategy {} in time; its calls wait", actual.volume, entry.name());
        }
    }

    private static boolean uses(Tenure tenure, StrategyEntry entry) {
        return tenure != null && tenure.provider().equals(entry);
    }
}
