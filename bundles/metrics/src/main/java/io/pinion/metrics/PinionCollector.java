package io.pinion.metrics;

import static io.pinion.metrics.Metric.gauge;
import static io.pinion.metrics.Metric.info;

import io.pinion.memory.BufferPool;
import io.pinion.memory.PagePinner;
import io.pinion.memory.RegisteredMemory;
import io.pinion.strategy.StorageException;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatistics;
import io.pinion.volume.VolumeStatus;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks the services for everything, each time that somebody scrapes; keeps nothing. Any thread. */
final class PinionCollector implements MultiCollector {
    private static final Metric BUILD = info("pinion_build", "Which Pinion this is.", "version");
    private static final Metric PROBLEMS = gauge(
            "pinion_strategy_problems",
            "Strategies, registered or promised by a bundle, with which something is wrong; 'strategies' says what.");
    private static final Metric REFUSED =
            gauge("pinion_refused_configurations", "Configurations that were refused and not corrected since.");

    private final String version;
    private final VolumeAdmin admin;
    private final Supplier<Optional<PagePinner>> pinner;
    private final Supplier<Optional<RegisteredMemory>> registered;
    private final Supplier<Optional<BufferPool>> pool;

    PinionCollector(
            String version,
            VolumeAdmin admin,
            Supplier<Optional<PagePinner>> pinner,
            Supplier<Optional<RegisteredMemory>> registered,
            Supplier<Optional<BufferPool>> pool) {
        this.version = version;
        this.admin = admin;
        this.pinner = pinner;
        this.registered = registered;
        this.pool = pool;
    }

    @Override
    public MetricSnapshots collect() {
        Exposition into = new Exposition();
        into.add(BUILD, version);
        into.add(
                PROBLEMS,
                admin.strategies().stream()
                        .filter(strategy -> !strategy.problem().isEmpty())
                        .count());
        into.add(REFUSED, admin.refusals().size());
        pinner.get().ifPresent(present -> MemoryFigures.collect(present, into));
        registered.get().ifPresent(present -> MemoryFigures.collect(present, into));
        pool.get().ifPresent(present -> MemoryFigures.collect(present, into));
        List<VolumeStatus> volumes = admin.volumes();
        volumes.forEach(volume -> collect(volume, into));
        return into.build();
    }

    private void collect(VolumeStatus volume, Exposition into) {
        VolumeStatistics figures;
        try {
            figures = admin.statistics(volume.name());
        } catch (StorageException e) {
            // It has gone since it was listed.
            return;
        }
        VolumeFigures.collect(volume, figures, into);
        figures.byStrategy()
                .forEach((strategy, moved) -> StrategyFigures.collect(volume.name(), strategy, moved, into));
    }
}
