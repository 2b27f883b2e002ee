package io.pinion.core.control;

import io.pinion.core.control.Wishes.SwapCommand;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.Handover;
import io.pinion.strategy.Shape;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses who serves a volume: who was swapped to by hand, else who was chosen where a chooser is to choose, else the best of
 * the configuration's preferences that is there and can. Runs on the reconciler's thread; {@link #override}, {@link #problems} and {@link #underWay} are for any.
 */
final class Choice {
    private static final Logger LOG = LoggerFactory.getLogger(Choice.class);

    private final Actual actual;
    private final Surroundings around;
    private final Agenda agenda;
    private final Succession succession;
    private final Backoff backoff = new Backoff();
    private final Consultation consultation;
    private volatile String override = "";
    /** What a chooser chose last, and that served. */
    private volatile String chosen = "";

    private volatile List<String> problems = List.of();
    /** Why the next swap is made, unless by hand or because a strategy has left. */
    private String cause = "start";

    Choice(Actual actual, Surroundings around, InHand inHand, Agenda agenda, Consultation consultation) {
        this.actual = actual;
        this.around = around;
        this.agenda = agenda;
        this.consultation = consultation;
        this.succession = new Succession(actual, around, inHand, this::hasLeft);
    }

    /** {@return the strategy that was swapped to by hand; empty while none is} */
    String override() {
        return override;
    }

    /** {@return the strategy that a chooser chose; empty while none has} */
    String chosen() {
        return chosen;
    }

    /** {@return what keeps the volume from being as it is configured} */
    List<String> problems() {
        return problems;
    }

    /** {@return the change of strategies that is being tried} */
    Optional<Attempt> underWay() {
        return succession.underWay();
    }

    /** What leads to the next swap has changed; who was swapped to by hand stays. */
    void because(String newCause) {
        cause = newCause;
    }

    /** What was chosen counts no more. */
    void forgetChosen() {
        chosen = "";
    }

    /** Who was swapped to by hand is preferred no more. */
    void clearOverride(String newCause) {
        override = "";
        cause = newCause;
    }

    /** Whoever failed may be tried at once. */
    void forgetFailures() {
        backoff.clear();
    }

    /** Forgets the failures of strategies that have left. */
    void forgetWhoLeft() {
        backoff.forget(what ->
                what instanceof StrategyEntry entry && !around.directory().has(entry));
    }

    /** Swaps by hand. */
    void perform(SwapCommand command) {
        SwapReport report = tried(command);
        if (report.isServing()) {
            override = command.strategy();
        }
        finish(command, report);
    }

    /** Swaps as a chooser has chosen, unless somebody swapped by hand. */
    void follow(SwapCommand command) {
        String refusal = refusal(command.strategy());
        if (!refusal.isEmpty()) {
            command.result().complete(attempt(command).report(Outcome.REFUSED, refusal));
            return;
        }
        SwapReport report = tried(command);
        if (report.isServing()) {
            chosen = command.strategy();
        }
        finish(command, report);
    }

    private String refusal(String wanted) {
        if (!actual.configuration.auto()) {
            return "the configuration has no strategy=auto any more";
        }
        if (!override.isEmpty()) {
            return "strategy " + override + " was chosen by hand";
        }
        List<String> allowed = around.directory().allowed(actual.configuration);
        return allowed.contains(wanted)
                ? ""
                : "strategy=" + wanted + " may not be chosen; allowed: " + String.join(", ", allowed);
    }

    private SwapReport tried(SwapCommand command) {
        Optional<StrategyEntry> entry = find(command.strategy());
        Attempt attempt = attempt(command);
        if (entry.isEmpty()) {
            return attempt.report(Outcome.REFUSED, around.directory().lackingInFull(command.strategy(), shape()));
        }
        return isServing(entry.get()) ? attempt.report(Outcome.UNCHANGED, "") : swap(entry.get(), attempt);
    }

    /** Refuses to swap, because of the state that the volume is in. */
    void refuse(SwapCommand command) {
        finish(
                command,
                attempt(command).report(Outcome.REFUSED, actual.volume + " is " + actual.state + ": " + actual.reason));
    }

    private Attempt attempt(SwapCommand command) {
        return attempt(command.strategy(), command.cause());
    }

    private void finish(SwapCommand command, SwapReport report) {
        note(report);
        command.result().complete(report);
    }

    /** Goes through the preferences, best first, until one serves. */
    void choose() {
        List<String> unmet = new ArrayList<>();
        String unchosen = consultation.problem();
        if (!unchosen.isEmpty()) {
            unmet.add(unchosen);
        }
        List<String> names = Stream.concat(
                        Stream.of(override, chosen).filter(name -> !name.isEmpty()),
                        actual.configuration.strategies().stream())
                .distinct()
                .toList();
        if (names.isEmpty() && goesOn()) {
            problems = List.copyOf(unmet);
            return;
        }
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
            if (actual.tenure == null && !unmet.isEmpty() && agenda.settleLeft() > 0) {
                agenda.lookIn(agenda.settleLeft());
                agenda.settle();
                actual.waitFor("waiting up to settle for a better strategy: " + String.join("; ", unmet));
                return;
            }
            if (backoff.early(entry.get()) > 0) {
                agenda.lookIn(backoff.early(entry.get()));
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
            agenda.lookIn(backoff.early(entry.get()));
            unmet.add(report.detail());
        }
        problems = List.copyOf(unmet);
        nobody(unmet.isEmpty() ? "strategy=auto: nothing has been chosen yet" : String.join("; ", unmet));
    }

    /** {@return whether who serves can go on until something is chosen} */
    private boolean goesOn() {
        Tenure serving = actual.tenure;
        return serving != null && !hasLeft(serving);
    }

    private void nobody(String unmet) {
        if (actual.tenure == null) {
            actual.waitFor(unmet);
        } else {
            letGoOfWhoLeft(unmet);
        }
    }

    /** Keeps no channel of a strategy that is gone, though nobody follows it. */
    void letGoOfWhoLeft(String why) {
        Tenure serving = actual.tenure;
        if (serving != null && hasLeft(serving) && !new Retirement(actual, around, why).run()) {
            agenda.lookIn(Agenda.HOUSEKEEPING_NANOS);
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
        if (name.equals(chosen)) {
            return "auto";
        }
        return serving == null && cause.equals("start") ? "start" : cause;
    }

    private Attempt attempt(String to, String why) {
        Tenure serving = actual.tenure;
        return new Attempt(actual.volume.name(), serving == null ? "" : serving.strategy(), to, why);
    }

    private SwapReport swap(StrategyEntry entry, Attempt attempt) {
        Handover left = actual.handover;
        SwapReport report = succession.to(entry, attempt);
        if (!report.isServing() && actual.handover != left) {
            // The tape is not where it was left, and nobody is there to go back to: the strategy takes it over as it
            // is.
            note(report);
            report = succession.to(entry, attempt(entry.name(), "position unknown"));
        }
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
}
