package io.pinion.core.control;

import io.pinion.core.config.Claiming;
import io.pinion.core.config.VolumeConfiguration;
import io.pinion.core.control.Wishes.Command;
import io.pinion.core.control.Wishes.SwapCommand;
import io.pinion.core.volume.Gated;
import io.pinion.core.volume.GatedVolume;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.volume.ConfigurationRefusal;
import io.pinion.volume.Observation;
import io.pinion.volume.StrategyChoice;
import io.pinion.volume.StrategyStatus;
import io.pinion.volume.SwapReport;
import io.pinion.volume.TrafficObserver;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatistics;
import io.pinion.volume.VolumeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The service by which operators see and change volumes. */
public final class Admin implements VolumeAdmin {
    private final Volumes volumes;
    private final ConfigurationStore store;
    private final Modes modes;

    /** An admin of these volumes, whose configurations come from the store. */
    public Admin(Volumes volumes, ConfigurationStore store) {
        this.volumes = volumes;
        this.store = store;
        this.modes = new Modes(volumes.around().calls());
    }

    @Override
    public List<VolumeStatus> volumes() {
        return volumes.reconcilers().stream().map(this::status).toList();
    }

    @Override
    public Optional<VolumeStatus> volume(String name) {
        return reconciler(name).map(this::status);
    }

    @Override
    public List<ConfigurationRefusal> refusals() {
        return volumes.refusals();
    }

    @Override
    public List<StrategyStatus> strategies() {
        return volumes.around()
                .directory()
                .status(entry -> volumes.reconcilers().stream()
                        .filter(reconciler -> servedBy(reconciler, entry))
                        .map(reconciler -> reconciler.actual().volume.name())
                        .toList());
    }

    private static boolean servedBy(Reconciler reconciler, StrategyEntry entry) {
        Tenure serving = reconciler.actual().tenure;
        return serving != null && serving.provider().equals(entry);
    }

    @Override
    public List<StrategyChoice> strategies(Target target) throws StorageException {
        return new Survey(volumes.around()).of(target);
    }

    @Override
    public SwapReport swap(String name, String strategy) throws StorageException {
        Reconciler reconciler = known(name);
        reconciler.actual().volume.queues().drainOwn();
        CompletableFuture<SwapReport> result = new CompletableFuture<>();
        SwapCommand older = reconciler.wishes().swap(new SwapCommand(strategy, "command", result));
        if (older != null) {
            older.superseded(name, strategy);
        }
        return Answers.await("swap", result);
    }

    @Override
    public SwapReport swapAndSave(String name, String strategy) throws StorageException {
        SwapReport report = swap(name, strategy);
        if (report.isServing()) {
            Reconciler reconciler = known(name);
            VolumeConfiguration configuration = reconciler.actual().configuration;
            List<String> preferences = configuration.preferring(strategy);
            store.savePreferences(volumes.pidOf(reconciler), preferences);
            if (preferences.equals(configuration.preferences())) {
                // Nobody is told of a configuration that says what it said before, which would end the override.
                clearOverride(name);
            }
        }
        return report;
    }

    @Override
    public void clearOverride(String name) throws StorageException {
        command(name, Command.What.CLEAR_OVERRIDE);
    }

    @Override
    public void reopen(String name, boolean acceptLoss) throws StorageException {
        command(name, acceptLoss ? Command.What.REOPEN_ACCEPTING_LOSS : Command.What.REOPEN);
    }

    private void command(String name, Command.What what) throws StorageException {
        Reconciler reconciler = known(name);
        reconciler.actual().volume.queues().drainOwn();
        CompletableFuture<Void> result = new CompletableFuture<>();
        reconciler.wishes().command(new Command(what, result));
        Answers.await("command", result);
    }

    @Override
    public List<SwapReport> history(String name) throws StorageException {
        return known(name).actual().history.latestFirst();
    }

    @Override
    public VolumeStatistics statistics(String name) throws StorageException {
        return Statistics.of(known(name).actual());
    }

    @Override
    public Observation observe(String name, TrafficObserver observer) throws StorageException {
        Gated observed = known(name).actual().volume;
        if (observed instanceof GatedVolume volume) {
            return volume.traffic().show(observer);
        }
        throw StorageException.of(Kind.WRONG_TYPE, "observe", observed + " is a tape drive; allowed: a volume")
                .build();
    }

    @Override
    public List<String> why(String name) throws StorageException {
        Optional<Reconciler> reconciler = reconciler(name);
        List<String> refusals = refusalsOf(name);
        if (reconciler.isEmpty() && !refusals.isEmpty()) {
            return refusals;
        }
        VolumeStatus status = status(known(name));
        return new Why(
                        status,
                        statistics(name),
                        history(name),
                        known(name),
                        volumes.around().directory())
                .sentences();
    }

    private Optional<Reconciler> reconciler(String name) {
        return volumes.reconcilers().stream()
                .filter(reconciler -> reconciler.actual().volume.name().equals(name))
                .findFirst();
    }

    private Reconciler known(String name) throws StorageException {
        Optional<Reconciler> reconciler = reconciler(name);
        if (reconciler.isEmpty()) {
            String names = volumes.reconcilers().stream()
                    .map(r -> r.actual().volume.name())
                    .collect(Collectors.joining(", "));
            throw StorageException.of(
                            Kind.NOT_FOUND,
                            "find",
                            "there is no volume or drive " + name + "; there "
                                    + (names.isEmpty() ? "is none" : "are: " + names))
                    .build();
        }
        return reconciler.get();
    }

    private List<String> refusalsOf(String name) {
        return volumes.refusals().stream()
                .filter(refusal -> refusal.volume().equals(name))
                .map(refusal -> "configuration " + refusal.configuration() + " was refused: " + refusal.reason())
                .toList();
    }

    private VolumeStatus status(Reconciler reconciler) {
        Actual actual = reconciler.actual();
        Tenure serving = actual.tenure;
        Holding holding = actual.holding;
        List<String> problems = new ArrayList<>(reconciler.choice().problems());
        if (holding != null && holding.isForced() && actual.configuration.claim() == Claiming.EXCLUSIVE) {
            problems.add("claim=exclusive counts from the next claim on, and this one was forced; 'reopen "
                    + actual.volume.name() + "' makes another");
        }
        problems.addAll(refusalsOf(actual.volume.name()));
        return new VolumeStatus(
                actual.volume.name(),
                actual.volume.shape(),
                actual.configuration.target(),
                actual.configuration.access(),
                actual.state,
                actual.reason,
                Optional.ofNullable(serving).map(Tenure::strategy),
                Optional.ofNullable(serving).map(modes::of),
                actual.configuration.preferences(),
                Optional.of(reconciler.choice().override()).filter(override -> !override.isEmpty()),
                holding == null ? "" : holding.identity(),
                List.copyOf(problems));
    }
}
