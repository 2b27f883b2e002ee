package io.pinion.shell;

import io.pinion.strategy.StorageException;
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

/** Notes what it is asked, and answers from its fields. */
final class FakeAdmin implements VolumeAdmin {
    final List<String> calls = new ArrayList<>();
    final List<VolumeStatus> volumes = new ArrayList<>();
    final List<StrategyStatus> strategies = new ArrayList<>();
    SwapReport.Outcome outcome = SwapReport.Outcome.PUBLISHED;

    @Override
    public List<VolumeStatus> volumes() {
        return volumes;
    }

    @Override
    public Optional<VolumeStatus> volume(String name) {
        return volumes.stream().filter(volume -> volume.name().equals(name)).findFirst();
    }

    @Override
    public List<ConfigurationRefusal> refusals() {
        return List.of();
    }

    @Override
    public List<StrategyStatus> strategies() {
        return strategies;
    }

    @Override
    public List<StrategyChoice> strategies(Target target) {
        calls.add("strategies " + target);
        return List.of();
    }

    @Override
    public SwapReport swap(String name, String strategy) throws StorageException {
        calls.add("swap " + known(name) + " " + strategy);
        return Samples.swap(outcome, "identity differs");
    }

    @Override
    public SwapReport swapAndSave(String name, String strategy) throws StorageException {
        calls.add("save " + known(name) + " " + strategy);
        return Samples.swap(outcome, "identity differs");
    }

    @Override
    public void clearOverride(String name) throws StorageException {
        calls.add("clear " + known(name));
    }

    @Override
    public void reopen(String name, boolean acceptLoss) throws StorageException {
        calls.add("reopen " + known(name) + " " + acceptLoss);
    }

    @Override
    public List<SwapReport> history(String name) {
        return List.of();
    }

    @Override
    public VolumeStatistics statistics(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> why(String name) {
        return List.of("It is open.", "word ".repeat(60));
    }

    private String known(String name) throws StorageException {
        if (volume(name).isEmpty()) {
            throw StorageException.of(
                            StorageException.Kind.NOT_FOUND,
                            "volume",
                            "there is no volume " + name + "; there are: data")
                    .build();
        }
        return name;
    }

    @Override
    public Observation observe(String name, TrafficObserver observer) {
        return () -> {};
    }
}
