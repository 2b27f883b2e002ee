package io.pinion.advisor.measure;

import io.pinion.advisor.AdviceProgress;
import io.pinion.advisor.Load;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.Observation;
import io.pinion.volume.TrafficObserver;
import io.pinion.volume.VolumeAdmin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Watches a volume's traffic, and makes a load of it. Any thread calls it, and nothing is allocated then. */
final class Recorder implements TrafficObserver {
    /** Enough to tell a share to a few percent. */
    private static final long ENOUGH = 2000;
    /** Fewer tell nothing. */
    private static final long LEAST = 20;

    private static final int SIZES = 3;
    private static final int SMALLEST = 512;
    private static final int DEEPEST = 4096;
    /** A size that moves less than this part of the bytes is left out. */
    private static final double SHARE = 0.1;

    private static final long STEP_MILLIS = 10;
    private static final long SURE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int PERCENT = 100;

    /** By the number of binary digits of a length. */
    private final AtomicLongArray bytes = new AtomicLongArray(Integer.SIZE);

    private final AtomicLongArray lengths = new AtomicLongArray(Integer.SIZE);
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong inOrder = new AtomicLong();
    private final AtomicLong lowest = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong highest = new AtomicLong();
    private final LongAdder depths = new LongAdder();
    private final LongAdder looks = new LongAdder();

    /**
     * {@return the load that a volume has}
     *
     * @param most how long it is watched at most
     * @throws StorageException {@code UNAVAILABLE} when too little happens; {@code INTERRUPTED}
     */
    static Load record(VolumeAdmin admin, String volume, Duration most, AdviceProgress progress)
            throws StorageException {
        Recorder recorder = new Recorder();
        long start = System.nanoTime();
        try (Observation observation = admin.observe(volume, recorder)) {
            long passed;
            do {
                Thread.sleep(STEP_MILLIS);
                recorder.look(admin.statistics(volume).inFlight());
                passed = System.nanoTime() - start;
                Duration left = most.minusNanos(passed);
                progress.at("watching what " + volume + " does", 0, left.isNegative() ? Duration.ZERO : left);
            } while (passed < most.toNanos() && (passed < SURE_NANOS || recorder.count() < ENOUGH));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted();
        }
        if (recorder.count() < LEAST) {
            throw StorageException.of(
                            Kind.UNAVAILABLE,
                            Failures.OPERATION,
                            recorder.count() + " operations of " + volume + " were seen in " + most.toSeconds()
                                    + " s (one in 64 is shown), and " + LEAST
                                    + " are needed to know its load: ask again while it is busy, or name its target and a"
                                    + " load: advise PATH --sizes … --depth …")
                    .build();
        }
        return recorder.load();
    }

    @Override
    public void read(long position, int length, long nanos, boolean sequential) {
        reads.getAndIncrement();
        note(position, length, sequential);
    }

    @Override
    public void write(long position, int length, long nanos, boolean sequential) {
        writes.getAndIncrement();
        note(position, length, sequential);
    }

    private void note(long position, int length, boolean sequential) {
        int digits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(Math.max(1, length));
        bytes.getAndAdd(digits, length);
        lengths.set(digits, length);
        if (sequential) {
            inOrder.getAndIncrement();
        }
        for (long seen = lowest.get(); position < seen && !lowest.compareAndSet(seen, position); ) {
            seen = lowest.get();
        }
        long end = position + length;
        for (long seen = highest.get(); end > seen && !highest.compareAndSet(seen, end); ) {
            seen = highest.get();
        }
    }

    /** How many requests are under way, whenever there are any. */
    void look(long inFlight) {
        if (inFlight > 0) {
            depths.add(inFlight);
            looks.increment();
        }
    }

    private long count() {
        return reads.get() + writes.get();
    }

    /** {@return what was seen} */
    Load load() {
        long all = IntStream.range(0, Integer.SIZE).mapToLong(bytes::get).sum();
        List<Integer> sizes = new ArrayList<>(IntStream.range(0, Integer.SIZE)
                .boxed()
                .filter(digits -> bytes.get(digits) > 0 && bytes.get(digits) >= SHARE * all)
                .sorted(Comparator.comparingLong((Integer digits) -> bytes.get(digits))
                        .reversed())
                .limit(SIZES)
                .map(digits -> Math.max(SMALLEST, (int) lengths.get(digits)))
                .sorted()
                .distinct()
                .toList());
        double depth = (double) depths.sum() / Math.max(1, looks.sum());
        return new Load(
                sizes,
                (int) Math.round((double) PERCENT * writes.get() / count()),
                inOrder.get() > count() / 2,
                (int) Math.max(1, Math.min(DEEPEST, Math.round(depth))),
                highest.get() - lowest.get());
    }
}
