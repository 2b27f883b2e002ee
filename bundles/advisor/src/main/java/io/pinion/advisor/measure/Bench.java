package io.pinion.advisor.measure;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Claim;
import io.pinion.strategy.Examination;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.strategy.TransferMeter;
import io.pinion.volume.Pinion;
import io.pinion.volume.SwapReport;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeStatistics.ByStrategy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Pinion of its own with one volume on what is measured, swapped from way to way: what is measured is what applications would
 * get. For one thread.
 */
final class Bench implements AutoCloseable {
    static final String BUFFERED = "buffered";

    private static final String NAME = "advised";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Strategies strategies;
    private final Target target;
    private final Pinion pinion = Pinion.start();
    private final Optional<KeepingGuard> guard;
    private Volume volume;

    private Bench(Strategies strategies, Optional<TargetGuard> guard, Target target) {
        this.strategies = strategies;
        this.target = target;
        this.guard = guard.map(KeepingGuard::new);
        this.guard.ifPresent(pinion::guard);
    }

    /**
     * {@return a bench with the target's volume open, served through the page cache}
     *
     * @throws StorageException {@code UNAVAILABLE}, or what keeps the target from being claimed
     */
    static Bench open(Strategies strategies, Optional<TargetGuard> guard, Target target, Access access)
            throws StorageException {
        if (!strategies.has(BUFFERED)) {
            throw StorageException.of(
                            Kind.UNAVAILABLE,
                            "advise",
                            "there is no strategy " + BUFFERED + " to compare with; start bundle io.pinion.buffered")
                    .build();
        }
        Bench bench = new Bench(strategies, guard, target);
        try {
            strategies.addTo(bench.pinion);
            bench.open(access);
            return bench;
        } catch (StorageException | RuntimeException e) {
            bench.close();
            throw e;
        }
    }

    private void open(Access access) throws StorageException {
        pinion.configure(
                NAME,
                Map.of(
                        "target",
                        target.toString(),
                        "strategy",
                        BUFFERED,
                        "access",
                        access.toString(),
                        "settle",
                        "0ms",
                        "grace",
                        "1s",
                        "drain.timeout",
                        "2s"));
        volume = pinion.volume(NAME, PATIENCE);
    }

    Volume volume() {
        return volume;
    }

    /**
     * Has a strategy serve from now on.
     *
     * @return how it moves bytes
     * @throws StorageException {@code UNAVAILABLE} with the reason
     */
    ChannelMode use(String strategy) throws StorageException {
        if (!strategy.equals(serving())) {
            SwapReport report = pinion.admin().swap(NAME, strategy);
            if (!report.isServing()) {
                throw unavailable("strategy " + strategy + " does not serve " + target + ": " + report.detail());
            }
        }
        return pinion.admin()
                .volume(NAME)
                .flatMap(status -> status.mode())
                .orElseThrow(() -> unavailable("strategy " + strategy + " stopped serving " + target));
    }

    /** Fails unless the strategy serves still: it may have left meanwhile. */
    void requireServing(String strategy) throws StorageException {
        if (!strategy.equals(serving())) {
            throw unavailable("strategy " + strategy + " left while it was measured");
        }
    }

    private String serving() {
        return pinion.admin().volume(NAME).flatMap(status -> status.strategy()).orElse("");
    }

    private static StorageException unavailable(String detail) {
        return StorageException.of(Kind.UNAVAILABLE, "advise", detail).build();
    }

    /** {@return what a strategy says of the target; empty when there is none of that name} */
    Optional<Examination> examination(String strategy) throws StorageException {
        return pinion.admin().strategies(target).stream()
                .filter(choice -> choice.strategy().equals(strategy))
                .map(choice -> choice.examination())
                .findFirst();
    }

    /** {@return what the strategy that serves can do} */
    Set<Capability> capabilities() throws StorageException {
        return volume.capabilities();
    }

    /** {@return what a strategy has moved so far, and why not as it should} */
    Optional<ByStrategy> moved(String strategy) throws StorageException {
        return Optional.ofNullable(pinion.admin().statistics(NAME).byStrategy().get(strategy));
    }

    /** {@return how many bytes a strategy has copied} */
    long bounced(String strategy) throws StorageException {
        return moved(strategy).map(ByStrategy::bouncedBytes).orElse(0L);
    }

    /**
     * {@return how many operations a strategy has done through the page cache, though it stands for the other way} What was done by
     * threads for want of a ring, or by memory that no ring knows, went directly all the same.
     */
    long throughTheCache(String strategy) throws StorageException {
        return moved(strategy).stream()
                .flatMap(moved -> moved.causes().entrySet().stream())
                .filter(cause -> cause.getKey().endsWith(TransferMeter.THROUGH_THE_CACHE))
                .mapToLong(cause -> cause.getValue().fallbacks())
                .sum();
    }

    /** {@return the claim on the target; empty where Java alone is the guard} */
    Optional<Claim> claim() {
        return guard.flatMap(KeepingGuard::kept);
    }

    @Override
    public void close() {
        pinion.close();
        strategies.forget();
    }
}
