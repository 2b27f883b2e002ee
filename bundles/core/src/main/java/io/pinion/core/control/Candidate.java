package io.pinion.core.control;

import io.pinion.core.control.Wishes.SwapCommand;
import io.pinion.core.volume.GatedVolume;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.Access;
import io.pinion.strategy.PageCacheUse;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.volume.Observation;
import io.pinion.volume.StrategyChoice;
import io.pinion.volume.SwapReport;
import io.pinion.volume.TrafficObserver;
import io.pinion.volume.VolumeStatistics;
import io.pinion.volume.choice.Candidacy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** A volume, as a chooser sees it, until its choosing ends. */
final class Candidate implements Candidacy {
    private final Surroundings around;
    private final Reconciler reconciler;
    private final Set<Observation> observations = ConcurrentHashMap.newKeySet();
    /** What was chosen and is not done; null once the choosing has ended. */
    private Set<CompletableFuture<SwapReport>> waiting = ConcurrentHashMap.newKeySet();

    Candidate(Surroundings around, Reconciler reconciler) {
        this.around = around;
        this.reconciler = reconciler;
    }

    private Actual actual() {
        return reconciler.actual();
    }

    @Override
    public String volume() {
        return actual().volume.name();
    }

    @Override
    public Target target() {
        return actual().configuration.target();
    }

    @Override
    public Access access() {
        return actual().configuration.access();
    }

    @Override
    public List<StrategyChoice> strategies() throws StorageException {
        List<String> allowed = around.directory().allowed(actual().configuration);
        return new Survey(around)
                .of(target()).stream()
                        .filter(choice -> allowed.contains(choice.strategy()))
                        .toList();
    }

    @Override
    public Optional<String> serving() {
        return Optional.ofNullable(actual().gate.tenure()).map(Tenure::strategy);
    }

    @Override
    public Optional<String> override() {
        return Optional.of(reconciler.choice().override()).filter(name -> !name.isEmpty());
    }

    @Override
    public VolumeStatistics statistics() {
        return Statistics.of(actual());
    }

    @Override
    public Optional<PageCacheUse> pageCache() {
        return Optional.ofNullable(actual().holding).flatMap(Holding::claim).flatMap(claim -> claim.pageCache());
    }

    @Override
    public Observation observe(TrafficObserver observer) {
        Observation made = ((GatedVolume) actual().volume).traffic().show(observer);
        observations.add(made);
        if (hasEnded()) {
            made.close();
        }
        return () -> {
            made.close();
            observations.remove(made);
        };
    }

    @Override
    public SwapReport choose(String strategy, String why) throws StorageException {
        CompletableFuture<SwapReport> result = new CompletableFuture<>();
        begin(result);
        SwapCommand older = reconciler.wishes().choose(new SwapCommand(strategy, "auto: " + why, result));
        if (older != null) {
            older.superseded(volume(), strategy);
        }
        try {
            return Answers.await("choose", result);
        } finally {
            done(result);
        }
    }

    private synchronized void begin(CompletableFuture<SwapReport> result) throws StorageException {
        if (waiting == null) {
            throw ended();
        }
        waiting.add(result);
    }

    private synchronized void done(CompletableFuture<SwapReport> result) {
        if (waiting != null) {
            waiting.remove(result);
        }
    }

    private synchronized boolean hasEnded() {
        return waiting == null;
    }

    private StorageException ended() {
        return StorageException.of(Kind.CLOSED, "choose", "it is no longer this chooser that chooses for " + volume())
                .build();
    }

    /** Nothing is chosen or shown any more; whoever waits is told. */
    void end() {
        Set<CompletableFuture<SwapReport>> left;
        synchronized (this) {
            left = waiting == null ? Set.of() : waiting;
            waiting = null;
        }
        left.forEach(result -> result.completeExceptionally(ended()));
        observations.forEach(Observation::close);
    }
}
