package io.pinion.core.control;

import io.pinion.core.config.VolumeConfiguration;
import io.pinion.core.control.Wishes.SwapCommand;
import io.pinion.core.control.Wishes.Taken;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.VolumeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One volume's only decider: a thread that compares what is wanted (configuration, override, strategies that are there)
 * with what is, and acts. Everybody else leaves a wish and, at most, waits within a bound.
 */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final long HOUSEKEEPING_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Wishes wishes;
    private final Surroundings around;
    private final Actual actual;
    private final Backoff backoff = new Backoff();
    private final Hold hold;
    private final InHand inHand;
    private final Succession succession;
    private final Patrol patrol;
    private final Reopenings reopenings;
    private final long started = System.nanoTime();
    private final Thread thread;
    private volatile String override = "";
    private volatile List<String> problems = List.of();

    private String cause = "start";
    private long wakeIn;
    /** Whether the volume waits for what may be about to come, within settle. */
    private boolean settling;

    Reconciler(VolumeConfiguration configuration, Surroundings around) {
        this.around = around;
        this.wishes = new Wishes(configuration);
        this.actual = new Actual(configuration, around.transfers(), wishes::look);
        this.hold = new Hold(actual, around);
        this.inHand = new InHand(actual, wishes);
        this.succession = new Succession(actual, around, inHand, this::hasLeft);
        this.patrol = new Patrol(actual, around);
        this.reopenings = new Reopenings(actual);
        this.thread = new Thread(this::run, "pinion-volume-" + configuration.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    Wishes wishes() {
        return wishes;
    }

    Actual actual() {
        return actual;
    }

    /** {@return the strategy that was swapped to by hand; empty while none is} */
    String override() {
        return override;
    }

    /** {@return what waits for this volume when a strategy leaves} */
    InHand inHand() {
        return inHand;
    }

    /** {@return the change of strategies that is being tried} */
    Optional<Attempt> underWay() {
        return succession.underWay();
    }

    /** {@return what keeps the volume from being as it is configured} */
    List<String> problems() {
        return problems;
    }

    private void run() {
        long wait = 0;
        Taken wanted = wishes.take(wait);
        while (!wanted.closing()) {
            wakeIn = HOUSEKEEPING_NANOS;
            try {
                inHand.take(Optional.empty());
                step(wanted);
                actual.volume.queues().sweep();
                actual.gate.ledger().look();
                patrol.go();
                backoff.forget(what -> what instanceof StrategyEntry entry
                        && !around.directory().has(entry));
                publish();
            } catch (RuntimeException | Error e) {
                // Whatever it was: without this thread the volume would never be served, nor flushed, again.
                LOG.error("{}: the reconciler met a defect", actual.volume, e);
                actual.reason = "a defect: " + e;
                wanted.refuse(e);
            } finally {
                inHand.letGo();
            }
            wait = Math.max(wakeIn, 1);
            wanted = wishes.take(wait);
        }
        end(wanted);
    }

    private void end(Taken wanted) {
        StorageException closed = StorageException.of(Kind.CLOSED, "command", actual.volume + " is closed")
                .build();
        wanted.refuse(closed);
        reopenings.fail(closed);
        Shutdown shutdown = new Shutdown(actual, around);
        inHand.take(Optional.empty());
        try {
            shutdown.run();
        } catch (RuntimeException | Error e) {
            LOG.error("{}: closing it met a defect", actual.volume, e);
        } finally {
            inHand.letGo();
            wishes.ended(closed);
        }
        shutdown.giveBackTheRest();
    }

    private void step(Taken wanted) {
        settling = false;
        if (!wanted.configuration().equals(actual.configuration)) {
            actual.configuration = wanted.configuration();
            override = "";
            backoff.clear();
            hold.forgetFailures();
            cause = "configuration";
        }
        for (Wishes.Command command : wanted.commands()) {
            perform(command);
        }
        boolean departed = departed();
        if (actual.lostData == null && departed && hold()) {
            if (wanted.swap() != null) {
                perform(wanted.swap());
            }
            if (actual.lostData == null) {
                choose();
            }
        } else if (wanted.swap() != null) {
            Attempt attempt = attempt(wanted.swap().strategy(), "command");
            finish(
                    wanted.swap(),
                    attempt.report(Outcome.REFUSED, actual.volume + " is " + actual.state + ": " + actual.reason));
        }
        if (actual.lostData != null) {
            letGoOfWhoLeft();
        }
        reopenings.complete(wanted.commands(), settling);
    }

    /** {@return whether nothing is held of a device that was pulled out} */
    private boolean departed() {
        Removal removal = actual.removal;
        boolean departed = removal == null || new Departure(actual, around).run(removal);
        if (!departed) {
            wakeIn(HOUSEKEEPING_NANOS);
        }
        return departed;
    }

    private void perform(Wishes.Command command) {
        switch (command.what()) {
            case CLEAR_OVERRIDE -> {
                override = "";
                cause = "override cleared";
            }
            case REOPEN, REOPEN_ACCEPTING_LOSS -> {
                try {
                    boolean accept = command.what() == Wishes.Command.What.REOPEN_ACCEPTING_LOSS;
                    new Reopening(actual, around, accept).run();
                    backoff.clear();
                    hold.forgetFailures();
                    hold.consent(accept ? Consent.ANY_LOSS : Consent.ANY_DEVICE);
                    cause = "reopen";
                    reopenings.add(command);
                } catch (StorageException e) {
                    command.fail(e);
                }
            }
        }
    }

    private boolean hold() {
        if (actual.holding != null) {
            return true;
        }
        Removal removal = actual.removal;
        Hold.Result result = hold.take(settleLeft());
        if (result.held()) {
            if (removal != null) {
                cause = "device back";
            }
            return actual.lostData == null;
        }
        wakeIn(result.againIn());
        settling = result.settling();
        actual.waitFor(result.reason());
        return false;
    }

    private void perform(SwapCommand command) {
        Optional<StrategyEntry> entry = find(command.strategy());
        Attempt attempt = attempt(command.strategy(), "command");
        if (entry.isEmpty()) {
            finish(
                    command,
                    attempt.report(Outcome.REFUSED, around.directory().lackingInFull(command.strategy(), shape())));
            return;
        }
        SwapReport report = isServing(entry.get()) ? attempt.report(Outcome.UNCHANGED, "") : swap(entry.get(), attempt);
        if (report.isServing()) {
            override = command.strategy();
        }
        finish(command, report);
    }

    private void finish(SwapCommand command, SwapReport report) {
        note(report);
        command.result().complete(report);
    }

    /** Goes through the preferences, best first, until one serves. */
    private void choose() {
        List<String> unmet = new ArrayList<>();
        Stream<String> byHand = override.isEmpty() ? Stream.empty() : Stream.of(override);
        List<String> names = Stream.concat(byHand, actual.configuration.strategies().stream())
                .distinct()
                .toList();
        for (String name : names) {
            Optional<StrategyEntry> entry = find(name);
            if (entry.isEmpty()) {
                unmet.add(around.directory().lacking(name, shape()));
                continue;
            }
            if (isServing(entry.get())) {
                problems = List.copyOf(unmet);
                return;
            }
            if (actual.tenure == null && !unmet.isEmpty() && settleLeft() > 0) {
                wakeIn(settleLeft());
                settling = true;
                actual.waitFor("waiting up to settle for a better strategy: " + String.join("; ", unmet));
                return;
            }
            if (backoff.early(entry.get()) > 0) {
                wakeIn(backoff.early(entry.get()));
                unmet.add(backoff.reason(entry.get()));
                continue;
            }
            SwapReport report = swap(entry.get(), attempt(name, cause(name)));
            note(report);
            if (report.isServing() || actual.lostData != null) {
                problems = List.copyOf(unmet);
                return;
            }
            backoff.failed(entry.get(), report.detail());
            wakeIn(backoff.early(entry.get()));
            unmet.add(report.detail());
        }
        problems = List.copyOf(unmet);
        nobody(String.join("; ", unmet));
    }

    /** A volume that has failed looks for no successor, and keeps no channel of a strategy that is gone. */
    private void letGoOfWhoLeft() {
        Tenure serving = actual.tenure;
        if (serving != null && hasLeft(serving) && !new Retirement(actual, around, "").run()) {
            wakeIn(HOUSEKEEPING_NANOS);
        }
    }

    private void nobody(String unmet) {
        Tenure serving = actual.tenure;
        if (serving == null) {
            actual.waitFor(unmet);
        } else if (hasLeft(serving) && !new Retirement(actual, around, unmet).run()) {
            wakeIn(HOUSEKEEPING_NANOS);
        }
    }

    private String cause(String name) {
        Tenure serving = actual.tenure;
        if (serving != null && hasLeft(serving)) {
            return "strategy " + serving.strategy() + " left";
        }
        if (name.equals(override)) {
            return "command";
        }
        return serving == null && cause.equals("start") ? "start" : cause;
    }

    private Attempt attempt(String to, String why) {
        Tenure serving = actual.tenure;
        return new Attempt(actual.volume.name(), serving == null ? "" : serving.strategy(), to, why);
    }

    private SwapReport swap(StrategyEntry entry, Attempt attempt) {
        SwapReport report = succession.to(entry, attempt);
        if (report.isServing()) {
            backoff.succeeded(entry);
            cause = "preference";
        }
        return report;
    }

    private void note(SwapReport report) {
        if (report.outcome() == Outcome.UNCHANGED) {
            return;
        }
        actual.history.add(report);
        if (report.outcome() == Outcome.PUBLISHED && !report.from().isEmpty()) {
            actual.served.swapped(report.pauseNanos());
        }
        LOG.debug("{}: {}", actual.volume, report);
    }

    private Optional<StrategyEntry> find(String name) {
        return around.directory().find(name, shape());
    }

    private Shape shape() {
        return actual.volume.shape();
    }

    private boolean isServing(StrategyEntry entry) {
        Tenure serving = actual.tenure;
        return serving != null && serving.provider().equals(entry) && actual.gate.tenure() == serving;
    }

    private boolean hasLeft(Tenure serving) {
        return !around.directory().has((StrategyEntry) serving.provider());
    }

    private long settleLeft() {
        return actual.configuration.settle().toNanos() - (System.nanoTime() - started);
    }

    private void wakeIn(long nanos) {
        wakeIn = Math.min(wakeIn, Math.max(nanos, 1));
    }

    private void publish() {
        Tenure serving = actual.tenure;
        if (actual.state == VolumeState.OPEN && serving != null) {
            long size = actual.holding.device().size();
            around.publication().publish(actual.volume, new Publication.Facts(serving.strategy(), size));
        } else if (actual.state == VolumeState.FAILED || actual.gate.closure().deadline() - System.nanoTime() <= 0) {
            around.publication().withdraw(actual.volume);
        }
    }

    /** Waits for the volume's end, after it was told to; {@return whether it has come} */
    boolean awaitEnd(long nanos) {
        return wishes.awaitEnded(nanos);
    }
}
