package io.pinion.core.control;

import io.pinion.strategy.StorageException;
import io.pinion.volume.choice.Choosing;
import io.pinion.volume.choice.StrategyChooser;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a chooser at work for a volume as long as its configuration wants that. What hangs in a chooser is left to it after a
 * bound: it can't choose any more then.
 */
final class Consultation {
    /** Why nobody chooses. */
    static final String ABSENT =
            "strategy=auto needs a StrategyChooser, and none is registered; bundle io.pinion.advisor has one";

    private static final Logger LOG = LoggerFactory.getLogger(Consultation.class);
    private static final long BEGIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long REASONS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Surroundings around;
    private final Reconciler reconciler;
    private Session session;
    private StrategyChooser failed;
    private long failedAt;
    private String problem = "";

    /** One chooser at work. */
    private record Session(StrategyChooser chooser, Candidate candidate, Choosing choosing) {}

    Consultation(Surroundings around, Reconciler reconciler) {
        this.around = around;
        this.reconciler = reconciler;
    }

    /** Has who is there now choose, or nobody. For the reconciler's thread. */
    void look(boolean wanted) {
        StrategyChooser present = wanted ? around.chooser().get() : null;
        Session before = current();
        if (before != null && before.chooser() != present) {
            end(before);
        }
        if (present == null) {
            forget(wanted ? ABSENT : "");
        } else if (current() == null && !hasFailed(present)) {
            begin(present);
        }
    }

    private void begin(StrategyChooser chooser) {
        Candidate candidate = new Candidate(around, reconciler);
        try {
            Choosing choosing = around.calls()
                    .call(
                            "begin choosing",
                            BEGIN_NANOS,
                            () -> chooser.begin(candidate),
                            late -> close(candidate, late));
            if (choosing == null) {
                fail(chooser, "begin returned null");
                candidate.end();
                return;
            }
            Session begun = new Session(chooser, candidate, choosing);
            keep(begun);
            if (!isThere(chooser)) {
                // It left meanwhile, and whoever told of that found nothing to end.
                end(begun);
            }
        } catch (StorageException e) {
            candidate.end();
            if (isThere(chooser)) {
                fail(chooser, e.getMessage());
            }
        }
    }

    /** {@return whether it has not left meanwhile, which may be why it failed} */
    private boolean isThere(StrategyChooser chooser) {
        return around.chooser().get() == chooser;
    }

    private synchronized boolean hasFailed(StrategyChooser chooser) {
        return failed == chooser && System.nanoTime() - failedAt < AGAIN_NANOS;
    }

    private synchronized void fail(StrategyChooser chooser, String why) {
        failed = chooser;
        failedAt = System.nanoTime();
        problem = "the StrategyChooser can't choose: " + why;
        LOG.warn("{}: {}", reconciler.actual().volume, problem);
    }

    private synchronized void forget(String newProblem) {
        failed = null;
        problem = newProblem;
    }

    private synchronized void keep(Session begun) {
        session = begun;
        failed = null;
        problem = "";
    }

    private synchronized Session current() {
        return session;
    }

    /** {@return why nobody chooses; empty when somebody does, or nobody is to} */
    synchronized String problem() {
        return problem;
    }

    /** {@return what the chooser says of its choice} For who waits: up to a second. */
    List<String> reasons() {
        Session now = current();
        if (now == null) {
            return List.of();
        }
        try {
            List<String> reasons = around.calls().call("reasons", REASONS_NANOS, now.choosing()::reasons, late -> {});
            return reasons == null ? List.of("The StrategyChooser gave null for its reasons.") : List.copyOf(reasons);
        } catch (StorageException e) {
            return List.of("The StrategyChooser can't say why: " + e.getMessage() + ".");
        }
    }

    /** Ends this chooser's work; any thread. */
    void endWith(StrategyChooser chooser) {
        Session now = current();
        if (now != null && now.chooser() == chooser) {
            end(now);
        }
    }

    /** Ends whatever is at work. */
    void end() {
        Session now = current();
        if (now != null) {
            end(now);
        }
    }

    private void end(Session ending) {
        synchronized (this) {
            if (session != ending) {
                return;
            }
            session = null;
        }
        ending.candidate().end();
        try {
            around.calls().run("end choosing", CLOSE_NANOS, ending.choosing()::close);
        } catch (StorageException e) {
            LOG.warn("{}: {}", reconciler.actual().volume, e.getMessage());
        }
    }

    private static void close(Candidate candidate, Choosing late) {
        candidate.end();
        if (late != null) {
            late.close();
        }
    }
}
