package io.pinion.advisor.measure;

import io.pinion.advisor.Load;
import io.pinion.advisor.Sample;
import io.pinion.advisor.play.Buffers;
import io.pinion.advisor.play.HotReader;
import io.pinion.advisor.play.Player;
import io.pinion.advisor.play.Positions;
import io.pinion.advisor.play.QueuedPlayer;
import io.pinion.advisor.play.Stint;
import io.pinion.advisor.play.SynchronousPlayer;
import io.pinion.strategy.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Takes one sample: a stint for the figures, and one beside a hot reader for the damage. For one thread. */
final class Sampler {
    private static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long HOT = 16L << 20;
    private static final int PAGE = 4096;
    /** Of the span the hot reader has so much at most; the load goes where it is not. */
    private static final int HOT_SHARE = 4;

    private final Bench bench;
    private final Load load;
    private final long span;
    private final TargetCache cache;
    private final BufferStore buffers;
    private final Lengths lengths;
    private final long deadline;
    private final Path hot;
    private long moved;
    private long hotBytes;

    /**
     * A sampler for one measurement.
     *
     * @param span over how much of the target requests are spread
     * @param deadline when a stint ends at the latest, in {@link System#nanoTime}
     * @param hot where the hot reader finds the target
     */
    Sampler(
            Bench bench,
            Load load,
            long span,
            TargetCache cache,
            BufferStore buffers,
            Lengths lengths,
            long deadline,
            Path hot) {
        this.bench = bench;
        this.load = load;
        this.span = span;
        this.cache = cache;
        this.buffers = buffers;
        this.lengths = lengths;
        this.deadline = deadline;
        this.hot = hot;
    }

    /**
     * {@return what the approach did}
     *
     * @param seed the same for all that are to be compared
     * @throws StorageException {@code INTERRUPTED}, {@code UNAVAILABLE} when the strategy left, or what a request ended in
     */
    Sample take(Approach approach, int size, int round, long seed) throws StorageException {
        bench.use(approach.strategy());
        Player player = player(approach, size);
        long region = prepare(approach, size);
        Growth growth = new Growth(cache, approach.isCold());
        Positions positions = new Positions(0, region, size, load.sequential(), load.writePercent(), seed);
        Stint stint = new Stint(positions, growth, WARM_UP_NANOS, lengths.stintNanos(), lengths.most(size), deadline);
        player.play(stint);
        bench.requireServing(approach.strategy());
        moved += stint.moved();
        // What the warm-up left is in it, and what counts is not all that was moved.
        long grown = Math.round((double) growth.bytes() * stint.bytes() / Math.max(1, stint.moved()));
        double[] others = damage(approach, player, size, seed);
        return new Sample(
                round,
                stint.operations(),
                stint.bytes(),
                Math.max(1, stint.nanos()),
                stint.cpuNanos(),
                stint.latency(50),
                stint.latency(99),
                stint.latency(99.9),
                grown,
                others[0],
                others[1]);
    }

    /** {@return how many bytes were asked for so far} */
    long moved() {
        return moved;
    }

    /** {@return how many bytes were moved so far in all: what was asked for, and what was read beforehand} */
    long traffic() {
        return moved + cache.filled() + hotBytes;
    }

    private Player player(Approach approach, int size) throws StorageException {
        Buffers memory = buffers.of(approach, size);
        return approach.depth() > 1
                        || approach.way().isDirect() && approach.way().isQueued()
                ? new QueuedPlayer(bench.volume(), memory, approach.flags())
                : new SynchronousPlayer(bench.volume(), memory, approach.flags());
    }

    /** {@return how much of the span is to be asked for} */
    private long prepare(Approach approach, int size) throws StorageException {
        if (!approach.isWarm()) {
            cache.empty();
            return span;
        }
        return cache.fill(bench.volume(), size, lengths.mostWarm());
    }

    /** The load keeps off the pages that the hot reader has, so that one does not do the other's reading. */
    private double[] damage(Approach approach, Player player, int size, long seed) throws StorageException {
        long region = prepare(approach, size);
        long pages = Math.max(PAGE, Math.min(Math.min(HOT, lengths.mostHot()), region / HOT_SHARE) / PAGE * PAGE);
        long base = (pages + size - 1) / size * size;
        Positions positions =
                new Positions(base, Math.max(size, region - base), size, load.sequential(), load.writePercent(), seed);
        try (HotReader reader = HotReader.start(hot, pages)) {
            hotBytes += reader.region();
            double alone = reader.alone(lengths.aloneNanos());
            Stint stint =
                    new Stint(positions, Stint.Breaks.NONE, 0, lengths.besideNanos(), lengths.most(size), deadline);
            long before = reader.reads();
            long start = System.nanoTime();
            player.play(stint);
            double beside = (reader.reads() - before) * 1e9 / Math.max(1, System.nanoTime() - start);
            moved += stint.moved();
            // What changes by itself meanwhile has changed by half between.
            double again = reader.alone(lengths.aloneNanos());
            return new double[] {(alone + again) / 2, beside};
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        } catch (ClosedByInterruptException e) {
            throw Failures.interrupted();
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            throw StorageException.of(Failures.OPERATION, e).build();
        }
    }
}
