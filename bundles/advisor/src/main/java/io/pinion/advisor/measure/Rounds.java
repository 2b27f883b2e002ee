package io.pinion.advisor.measure;

import io.pinion.advisor.AdviceProgress;
import io.pinion.advisor.Load;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Sample;
import io.pinion.advisor.Way;
import io.pinion.advisor.judge.Summaries;
import io.pinion.shell.text.Units;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Rounds in each of which all ways and sizes have their turn, in an order that is drawn anew; the first does not count. For one
 * thread.
 */
final class Rounds {
    private static final double SLACK = 1.1;
    /** One in a hundred operations that went another way makes another way of it. */
    private static final double FALLBACKS = 0.01;

    private final Bench bench;
    private final Approaches approaches;
    private final Load load;
    private final Sampler sampler;
    private final Lengths lengths;
    private final Bounds bounds;
    private final AdviceProgress progress;
    private final long made;
    private final Random random;
    private final Map<Cell, List<Sample>> samples = new TreeMap<>();
    /** Which part of the latest sample's bytes was copied. */
    private final Map<Cell, Double> bounced = new TreeMap<>();

    private int counted;

    /** A size and a way. */
    private record Cell(int size, Way way) implements Comparable<Cell> {
        @Override
        public int compareTo(Cell other) {
            int bySize = Integer.compare(size, other.size);
            return bySize != 0 ? bySize : way.compareTo(other.way);
        }
    }

    /** @param made how many bytes were written before, to have something to measure */
    Rounds(
            Bench bench,
            Approaches approaches,
            Load load,
            Sampler sampler,
            Lengths lengths,
            Bounds bounds,
            AdviceProgress progress,
            long made,
            long seed) {
        this.made = made;
        this.bench = bench;
        this.approaches = approaches;
        this.load = load;
        this.sampler = sampler;
        this.lengths = lengths;
        this.bounds = bounds;
        this.progress = progress;
        random = new Random(seed);
    }

    /** Goes as many rounds as the bounds allow. */
    void run() throws StorageException {
        long took = round(-1);
        if (took < 0) {
            return;
        }
        lengths.settle(bounds.leftNanos(), took);
        took = 0;
        while (counted < Lengths.MOST_ROUNDS && bounds.leftNanos() > took * SLACK) {
            took = round(counted);
            if (took < 0) {
                return;
            }
            counted++;
        }
    }

    /** {@return how long it took; negative when it was not finished within the bounds, and so does not count} */
    private long round(int number) throws StorageException {
        long start = System.nanoTime();
        long seed = random.nextLong();
        Map<Cell, Sample> round = new TreeMap<>();
        List<Cell> cells = cells();
        Collections.shuffle(cells, random);
        for (Cell cell : cells) {
            if (bounds.leftNanos() <= 0 || bounds.isUsedUp(traffic())) {
                return -1;
            }
            Approach approach = approach(cell.way());
            if (approach == null) {
                continue;
            }
            tell(number, cell);
            if (!take(approach, cell, number, seed + cell.size(), round)) {
                return -1;
            }
            rest();
        }
        if (number >= 0) {
            round.forEach((cell, sample) ->
                    samples.computeIfAbsent(cell, any -> new ArrayList<>()).add(sample));
        }
        return System.nanoTime() - start;
    }

    /** {@return whether it was taken, or the way given up} Nothing can be said of a sample in which no request ended. */
    private boolean take(Approach approach, Cell cell, int number, long seed, Map<Cell, Sample> round)
            throws StorageException {
        long before = bench.throughTheCache(approach.strategy());
        long copied = bench.bounced(approach.strategy());
        long moved = sampler.moved();
        try {
            Sample sample = sampler.take(approach, cell.size(), number, seed);
            if (sample.operations() == 0) {
                return false;
            }
            long fellBack = bench.throughTheCache(approach.strategy()) - before;
            if (approach.way().isDirect() && fellBack > sample.operations() * FALLBACKS) {
                drop(
                        cell.way(),
                        round,
                        fellBack + " requests of " + Units.bytes(cell.size())
                                + " were not direct: the kernel refused them, and they went through the page cache");
            } else {
                round.put(cell, sample);
                bounced.put(
                        cell,
                        (double) (bench.bounced(approach.strategy()) - copied) / Math.max(1, sampler.moved() - moved));
            }
        } catch (StorageException e) {
            if (e.kind() != Kind.MEMORY_LIMIT && e.kind() != Kind.UNSUPPORTED) {
                throw e;
            }
            drop(cell.way(), round, e.detail());
        }
        return true;
    }

    private long traffic() {
        return made + sampler.traffic();
    }

    private void drop(Way way, Map<Cell, Sample> round, String why) throws StorageException {
        approaches.drop(way, why);
        samples.keySet().removeIf(cell -> cell.way() == way);
        round.keySet().removeIf(cell -> cell.way() == way);
    }

    private List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Approach approach : approaches.found()) {
            load.sizes().forEach(size -> cells.add(new Cell(size, approach.way())));
        }
        return cells;
    }

    private Approach approach(Way way) {
        return approaches.found().stream()
                .filter(each -> each.way() == way)
                .findFirst()
                .orElse(null);
    }

    private void tell(int number, Cell cell) {
        String round = number < 0 ? "a round to warm up" : "round " + (number + 1);
        progress.at(
                round + ", " + Units.bytes(cell.size()) + " " + cell.way().title(),
                bounds.done(),
                Duration.ofNanos(Math.max(0, bounds.leftNanos())));
    }

    /** Lets others have the disk, as long as the rate demands. */
    private void rest() throws StorageException {
        long until = System.nanoTime() + Math.min(bounds.leftNanos(), bounds.restNanos(traffic()));
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
            if (Thread.currentThread().isInterrupted()) {
                throw Failures.interrupted();
            }
        }
    }

    /** {@return how many rounds count} */
    int counted() {
        return counted;
    }

    /** {@return what they came to} */
    List<Measured> figures() {
        List<Measured> figures = new ArrayList<>();
        samples.forEach((cell, all) -> figures.add(Summaries.of(cell.size(), cell.way(), mode(cell), all)));
        return figures;
    }

    /** What is really done is what is reported: a strategy's mode is silent about copies. */
    private String mode(Cell cell) {
        double part = bounced.getOrDefault(cell, 0.0);
        String mode = approach(cell.way()).mode();
        return part < FALLBACKS ? mode : mode + String.format(Locale.ROOT, ", %.0f %% bounced", 100 * part);
    }
}
