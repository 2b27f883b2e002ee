package io.pinion.advisor.auto;

import io.pinion.strategy.Access;
import io.pinion.strategy.Examination;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.PageCacheUse;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.volume.LatencySummary;
import io.pinion.volume.Observation;
import io.pinion.volume.StrategyChoice;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.TrafficObserver;
import io.pinion.volume.VolumeStatistics;
import io.pinion.volume.choice.Candidacy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A volume that swaps at a word, with a strategy of each sort. */
final class FakeVolume implements Candidacy {
    final List<String> chosen = new ArrayList<>();
    final List<String> causes = new ArrayList<>();
    Optional<String> serving = Optional.empty();
    Optional<String> override = Optional.empty();
    Optional<PageCacheUse> cache = Optional.empty();
    Hindrance hindrance = strategy -> "";
    long reads;
    long readBytes;
    boolean directSuits = true;

    /** What stands in the way of a choice. */
    @FunctionalInterface
    interface Hindrance {
        /** {@return why it is refused; empty when it is not} */
        String refusal(String strategy) throws StorageException;
    }

    @Override
    public String volume() {
        return "v";
    }

    @Override
    public Target target() {
        return Target.parse("/tmp/v");
    }

    @Override
    public Access access() {
        return Access.READ_WRITE;
    }

    @Override
    public List<StrategyChoice> strategies() {
        Geometry aligned = Geometry.builder()
                .memoryAlignment(512)
                .offsetAlignment(512)
                .lengthAlignment(512)
                .build();
        Examination past = directSuits
                ? Examination.suitable("v", aligned).build()
                : Examination.unsuitable("the file system is in memory");
        return List.of(
                new StrategyChoice("direct", past),
                new StrategyChoice(
                        "buffered",
                        Examination.suitable("v", Geometry.builder().build()).build()));
    }

    @Override
    public Optional<String> serving() {
        return serving;
    }

    @Override
    public Optional<String> override() {
        return override;
    }

    @Override
    public VolumeStatistics statistics() {
        LatencySummary none = new LatencySummary(0, 0, 0, 0, 0, 0, List.of());
        return new VolumeStatistics(
                reads,
                0,
                0,
                0,
                readBytes,
                0,
                0,
                0,
                0,
                Map.of(),
                none,
                none,
                64,
                none,
                new VolumeStatistics.Durability(Optional.empty(), 0, Optional.empty()));
    }

    @Override
    public Optional<PageCacheUse> pageCache() {
        return cache;
    }

    @Override
    public Observation observe(TrafficObserver observer) {
        return () -> {};
    }

    @Override
    public SwapReport choose(String strategy, String why) throws StorageException {
        chosen.add(strategy);
        causes.add(why);
        String refusal = hindrance.refusal(strategy);
        String from = serving.orElse("");
        if (refusal.isEmpty()) {
            serving = Optional.of(strategy);
        }
        return new SwapReport(
                "v",
                from,
                strategy,
                why,
                refusal.isEmpty() ? Outcome.PUBLISHED : Outcome.REFUSED,
                refusal,
                Instant.EPOCH,
                0,
                List.of(),
                false,
                0,
                0);
    }
}
