package io.pinion.advisor.measure;

import io.pinion.advisor.Advice;
import io.pinion.advisor.AdviceProgress;
import io.pinion.advisor.AdviceRequest;
import io.pinion.advisor.Comparison;
import io.pinion.advisor.Confounder;
import io.pinion.advisor.Load;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Verdict;
import io.pinion.advisor.Way;
import io.pinion.advisor.judge.Comparisons;
import io.pinion.advisor.judge.ConfigurationLines;
import io.pinion.advisor.judge.Doubts;
import io.pinion.advisor.judge.Judge;
import io.pinion.advisor.judge.Judgement;
import io.pinion.advisor.machine.Circumstances;
import io.pinion.advisor.machine.Machine;
import io.pinion.memory.BufferPool;
import io.pinion.shell.text.Units;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.volume.VolumeAdmin;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One request for advice, from its place to the verdict. For one thread. */
final class Measurement {
    /** Where all bytes go the same way there is little to find out. */
    private static final Duration NOTHING_TO_CHOOSE = Duration.ofSeconds(6);

    private final Strategies strategies;
    private final Optional<TargetGuard> guard;
    private final Optional<BufferPool> pool;
    private final Optional<VolumeAdmin> admin;
    private final Machine machine;
    private final AdviceRequest request;
    private final AdviceProgress progress;
    private final long seed;
    private final Bounds bounds;
    private final Instant at = Instant.now();

    Measurement(
            Strategies strategies,
            Optional<TargetGuard> guard,
            Optional<BufferPool> pool,
            Optional<VolumeAdmin> admin,
            Machine machine,
            AdviceRequest request,
            AdviceProgress progress,
            long seed) {
        this.strategies = strategies;
        this.guard = guard;
        this.pool = pool;
        this.admin = admin;
        this.machine = machine;
        this.request = request;
        this.progress = progress;
        this.seed = seed;
        bounds = new Bounds(request);
    }

    /** {@return what comes of it} Whatever was made for it is gone afterwards. */
    Advice run() throws StorageException {
        Subject subject = Subject.of(request, admin, progress);
        Target target = subject.target();
        Load load = subject.load();
        progress.at("looking at " + target, 0, request.budget());
        try (Place place = Place.of(request, target, load, guard, bounds);
                Bench bench = Bench.open(
                        strategies,
                        guard,
                        place.target(),
                        place.scratch().isPresent() ? Access.READ_WRITE : Access.READ_ONLY)) {
            return run(subject, place, bench);
        }
    }

    private Advice run(Subject subject, Place place, Bench bench) throws StorageException {
        Load load = subject.load();
        Path path = Place.real(place.target().path());
        long span = place.span(load);
        long meant = load.once() ? Long.MAX_VALUE : place.meantSpan(load);
        Circumstances circumstances = new Circumstances(machine);
        Optional<Claim> claim = bench.claim();
        TargetCache cache = new TargetCache(
                claim, place.scratch().isPresent(), circumstances.isInMemory(path, place.device()), span);
        long cached = Math.max(0, cache.cached());
        Map<String, String> environment = machine.environment(path, place.device());
        List<Confounder> confounders = circumstances.of(path, place.device(), meant, cached);
        place.doubt(load).ifPresent(confounders::add);
        boolean cacheable = meant <= machine.pageCacheRoom(cached);
        Way against = cacheable ? Way.BUFFERED_WARM : Way.BUFFERED_COLD;
        Approaches approaches = Approaches.find(bench, load, place.device(), pool, cache);
        boolean choice = approaches.ways().stream().anyMatch(way -> way.isDirect() || way == Way.BUFFERED_UNCACHED);
        if (!choice) {
            bounds.atMost(shorter(NOTHING_TO_CHOOSE, request.budget().dividedBy(3)));
        }
        try (BufferStore buffers = new BufferStore(pool)) {
            Lengths lengths = new Lengths(
                    load.sizes().size(),
                    approaches.found().size(),
                    Judge.LEAST_ROUNDS,
                    request.bytes(),
                    request.bytesPerSecond(),
                    bounds.leftNanos());
            Path hot = claim.map(Claim::path).orElse(path);
            Sampler sampler = new Sampler(bench, load, span, cache, buffers, lengths, bounds.deadline(), hot);
            Rounds rounds = new Rounds(
                    bench,
                    approaches,
                    load,
                    sampler,
                    lengths,
                    bounds,
                    progress,
                    place.scratch().map(Scratch::size).orElse(0L),
                    seed);
            rounds.run();
            environment.put(
                    "requests",
                    Units.bytes(sampler.moved()) + " moved, spread over " + Units.bytes(span) + " of "
                            + Units.bytes(place.size()));
            environment.put(
                    "samples", Units.nanos(lengths.stintNanos()) + " each, in an order drawn with seed " + seed);
            if (!subject.recorded().isEmpty()) {
                environment.put("load", subject.recorded());
            }
            confounders.addAll(subject.users(admin, claim));
            confounders.addAll(cache.doubts());
            return advice(subject, path, place, against, rounds, approaches, environment, confounders);
        }
    }

    private Advice advice(
            Subject subject,
            Path path,
            Place place,
            Way against,
            Rounds rounds,
            Approaches approaches,
            Map<String, String> environment,
            List<Confounder> confounders) {
        Load load = subject.load();
        List<Measured> figures = rounds.figures();
        List<Comparison> comparisons = rounds.counted() > 1 ? Comparisons.of(figures, against) : List.of();
        confounders.addAll(Doubts.of(figures, comparisons));
        confounders.addAll(approaches.doubts());
        Judgement judgement = Judge.judge(
                load, against, rounds.counted(), approaches.ways(), figures, comparisons, reasons(confounders));
        Verdict verdict = judgement.verdict();
        return new Advice(
                subject.target().toString(),
                path.toString(),
                load,
                at,
                bounds.took(),
                rounds.counted(),
                environment,
                figures,
                comparisons,
                confounders,
                verdict,
                judgement.reasons(),
                ConfigurationLines.of(
                        verdict,
                        load,
                        Approaches.strategy(place.device()),
                        pool.map(BufferPool::limitBytes).orElse(0L)));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** What keeps ways from being chosen: that the target is memory says it all, else each that is missing. */
    private static List<String> reasons(List<Confounder> confounders) {
        return Stream.of(Confounder.Kind.IN_MEMORY, Confounder.Kind.MISSING_WAY)
                .map(kind -> confounders.stream()
                        .filter(each -> each.kind() == kind)
                        .map(Confounder::text)
                        .toList())
                .filter(texts -> !texts.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
