package io.pinion.core.control;

import io.pinion.core.volume.Gate;
import io.pinion.core.volume.Latency;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.Capability;
import io.pinion.strategy.TransferMeter;
import io.pinion.volume.VolumeStatistics.ByStrategy;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What each strategy has done for one volume. The gate counts over all; when a tenure ends nothing is in flight, so that
 * the difference since it began is exactly its own. Changed by the reconciler, read by any thread. No figure that is read
 * is ever less than it was: a driver reports a bounce while the transfer runs, and the transfer counts when it has ended.
 */
final class Served {
    private final Gate gate;
    private final Map<String, Total> totals = new TreeMap<>();
    private final Latency pauses = new Latency();
    private final LongAdder swaps = new LongAdder();
    private Tenure tenure;
    private long transfersBefore;
    private long bytesBefore;
    private long bouncedBefore;
    private boolean zeroCopy;
    private long since;

    Served(Gate gate) {
        this.gate = gate;
    }

    private static final class Total {
        private final TransferMeter meter = new TransferMeter();
        private long operations;
        private long bytes;
        private long bounced;
        private long nanos;
        /** The most that has been shown. */
        private long zeroCopyShown;
    }

    /** {@return where the strategy's channels report, the same for all of them} */
    synchronized TransferMeter meter(String strategy) {
        return total(strategy).meter;
    }

    /** A tenure ends, if there was one, and another begins, if there is one. */
    synchronized void change(Tenure next) {
        if (tenure != null) {
            add(total(tenure.strategy()));
        }
        tenure = next;
        transfersBefore = gate.reads() + gate.writes();
        bytesBefore = gate.readBytes() + gate.writtenBytes();
        since = System.nanoTime();
        if (next != null) {
            bouncedBefore = next.meter().bouncedBytes();
            zeroCopy = next.examination().capabilities().contains(Capability.ZERO_COPY);
        }
    }

    void swapped(long pauseNanos) {
        swaps.increment();
        pauses.record(pauseNanos);
    }

    long swaps() {
        return swaps.sum();
    }

    Latency pauses() {
        return pauses;
    }

    synchronized Map<String, ByStrategy> byStrategy() {
        Map<String, ByStrategy> all = new TreeMap<>();
        for (Map.Entry<String, Total> entry : totals.entrySet()) {
            Total seen = copy(entry.getValue());
            if (tenure != null && tenure.strategy().equals(entry.getKey())) {
                add(seen);
            }
            TransferMeter meter = entry.getValue().meter;
            long zeroCopyBytes = Math.max(entry.getValue().zeroCopyShown, seen.bytes - seen.bounced);
            entry.getValue().zeroCopyShown = zeroCopyBytes;
            all.put(
                    entry.getKey(),
                    new ByStrategy(
                            seen.operations,
                            seen.bytes,
                            zeroCopyBytes,
                            seen.bytes - zeroCopyBytes,
                            meter.pinnedBytes(),
                            seen.nanos,
                            meter.counts()));
        }
        return all;
    }

    private Total total(String strategy) {
        return totals.computeIfAbsent(strategy, s -> new Total());
    }

    private void add(Total total) {
        total.operations += gate.reads() + gate.writes() - transfersBefore;
        long moved = gate.readBytes() + gate.writtenBytes() - bytesBefore;
        total.bytes += moved;
        total.bounced += zeroCopy ? Math.min(moved, tenure.meter().bouncedBytes() - bouncedBefore) : moved;
        total.nanos += System.nanoTime() - since;
    }

    private static Total copy(Total original) {
        Total copy = new Total();
        copy.operations = original.operations;
        copy.bytes = original.bytes;
        copy.bounced = original.bounced;
        copy.nanos = original.nanos;
        return copy;
    }
}
