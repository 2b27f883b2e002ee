package io.pinion.core.control;

import io.pinion.strategy.TransferMeter;
import io.pinion.volume.SwapReport;
import io.pinion.volume.VolumeState;
import io.pinion.volume.VolumeStatistics;
import io.pinion.volume.VolumeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Says in words why a volume is as it is. */
final class Why {
    private final VolumeStatus status;
    private final VolumeStatistics statistics;
    private final List<SwapReport> history;
    private final Reconciler reconciler;
    private final StrategyDirectory directory;
    private final List<String> sentences = new ArrayList<>();

    Why(
            VolumeStatus status,
            VolumeStatistics statistics,
            List<SwapReport> history,
            Reconciler reconciler,
            StrategyDirectory directory) {
        this.status = status;
        this.statistics = statistics;
        this.history = history;
        this.reconciler = reconciler;
        this.directory = directory;
    }

    List<String> sentences() {
        state();
        Optional.ofNullable(reconciler.actual().holding)
                .flatMap(Holding::claim)
                .ifPresent(claim -> sentences.addAll(claim.notes()));
        status.mode().ifPresent(mode -> sentences.addAll(mode.notes()));
        preference();
        sentences.addAll(reconciler.consultation().reasons());
        status.problems().forEach(problem -> say("Not as configured: %s", problem));
        status.preferences().forEach(this::absent);
        statistics.byStrategy().forEach(this::bounces);
        sentences.addAll(reconciler.actual().volume.queues().notes());
        device();
        slowness();
        lastFailure();
        return List.copyOf(sentences);
    }

    private void state() {
        String name = status.name();
        if (status.state() == VolumeState.OPEN || status.state() == VolumeState.SWAPPING) {
            say(
                    "%s is %s: strategy %s serves %s (%s).",
                    name,
                    status.state(),
                    status.strategy().orElse("none"),
                    status.target(),
                    status.mode().map(Object::toString).orElse(""));
        } else {
            say("%s is %s: %s.", name, status.state(), status.reason());
        }
        if (status.state() == VolumeState.FAILED) {
            Optional.ofNullable(reconciler.actual().removal)
                    .ifPresent(removal -> say(
                            "Besides, %s; nothing of it is held any more.",
                            removal.error().detail()));
        }
        if (status.state() == VolumeState.WAITING) {
            long left = reconciler.actual().gate.closure().deadline() - System.nanoTime();
            say(
                    left > 0 ? "Calls wait for it up to %d s more, then fail." : "Calls fail at once: grace is over.",
                    TimeUnit.NANOSECONDS.toSeconds(left));
        }
    }

    private void preference() {
        String preferences = String.join(", ", status.preferences());
        if (status.override().isPresent()) {
            say(
                    "Strategy %s was chosen by hand and overrides the configuration (%s); 'swap %s --configured' ends that.",
                    status.override().get(), preferences, status.name());
        } else if (reconciler.actual().configuration.auto()
                && status.strategy().equals(Optional.of(reconciler.choice().chosen()))) {
            say("It was chosen: the configuration leaves the choice to a StrategyChooser (%s).", preferences);
        } else if (status.strategy().isPresent()) {
            int rank = status.preferences().indexOf(status.strategy().get()) + 1;
            if (rank == 0) {
                say(
                        "Strategy %s goes on although the configuration has %s.",
                        status.strategy().get(), preferences);
            } else if (rank > 1) {
                say("It is choice %d of the configuration (%s).", rank, preferences);
            }
        }
    }

    private void absent(String strategy) {
        if (directory.find(strategy, status.shape()).isEmpty()) {
            directory.absent(strategy).forEach(why -> say("Strategy %s is not there: %s.", strategy, why));
        }
    }

    private void bounces(String strategy, VolumeStatistics.ByStrategy figures) {
        if (figures.bytes() > 0) {
            say(
                    "Strategy %s moved %d bytes, %.1f %% without a copy.",
                    strategy, figures.bytes(), 100.0 * figures.zeroCopyBytes() / figures.bytes());
        }
        for (Map.Entry<String, TransferMeter.Count> cause : figures.causes().entrySet()) {
            TransferMeter.Count count = cause.getValue();
            if (count.bounces() > 0) {
                say("  bounced: %d transfers, %d bytes: %s.", count.bounces(), count.bouncedBytes(), cause.getKey());
            }
            if (count.fallbacks() > 0) {
                say("  fell back: %d operations: %s.", count.fallbacks(), cause.getKey());
            }
        }
    }

    private void device() {
        Optional.ofNullable(reconciler.actual().holding)
                .flatMap(held -> held.device().silence())
                .ifPresent(silence -> say("Notice: %s.", silence));
        String grown = reconciler.actual().grown;
        if (!grown.isEmpty()) {
            say("Notice: %s.", grown);
        }
    }

    private void slowness() {
        reconciler.choice().underWay().ifPresent(attempt -> say("%s.", attempt.underWay()));
        if (statistics.inFlight() > 0) {
            say("In flight: %s.", reconciler.actual().gate.inFlightByKind());
        }
        reconciler.actual().volume.busy().ifPresent(step -> say("The drive is busy with %s.", step));
        for (String queue : reconciler.actual().volume.queues().inFlight()) {
            say("Queue: %s.", queue);
        }
    }

    private void lastFailure() {
        history.stream()
                .findFirst()
                .filter(report -> !report.isServing())
                .ifPresent(report -> say(
                        "The latest attempt to swap, to %s, was %s: %s.",
                        report.to(),
                        report.outcome().toString().toLowerCase(Locale.ROOT).replace('_', ' '),
                        report.detail()));
    }

    private void say(String form, Object... values) {
        sentences.add(String.format(Locale.ROOT, form, values));
    }
}
