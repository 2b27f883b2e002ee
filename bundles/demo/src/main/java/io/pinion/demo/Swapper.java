package io.pinion.demo;

import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.StorageException;
import io.pinion.volume.SwapReport;
import io.pinion.volume.VolumeAdmin;
import io.pinion.volume.VolumeStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Swaps the volume to one strategy after the other. Ends at the first swap that was not published. */
final class Swapper implements Runnable {
    private final VolumeAdmin admin;
    private final String volume;
    private final List<String> strategies;
    private final long everyNanos;
    private final Tally tally;
    private final BooleanSupplier stopped;
    private final List<SwapReport> published = new CopyOnWriteArrayList<>();
    private final Map<String, ChannelMode> modes = new ConcurrentSkipListMap<>();

    Swapper(VolumeAdmin admin, String volume, DemoOptions options, Tally tally, BooleanSupplier stopped) {
        this.admin = admin;
        this.volume = volume;
        this.strategies = options.strategies();
        this.everyNanos = options.swapEvery().toNanos();
        this.tally = tally;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        look();
        int next = 1;
        long at = System.nanoTime() + everyNanos;
        while (!stopped.getAsBoolean() && strategies.size() > 1) {
            long left = at - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
                continue;
            }
            if (!swap(strategies.get(next % strategies.size()))) {
                return;
            }
            next++;
            // Each strategy gets its time, however long it took to get there.
            at = System.nanoTime() + everyNanos;
        }
    }

    private boolean swap(String strategy) {
        try {
            SwapReport report = admin.swap(volume, strategy);
            if (report.outcome() == SwapReport.Outcome.PUBLISHED) {
                published.add(report);
                look();
                return true;
            }
            tally.failure("swap to " + strategy + " was " + report.outcome() + ": " + report.detail());
        } catch (StorageException | RuntimeException e) {
            tally.failure("swap to " + strategy + ": " + e.getMessage());
        }
        return false;
    }

    /** Notes how the strategy that serves now moves bytes, the first time that it does. */
    private void look() {
        VolumeStatus status = admin.volume(volume).orElse(null);
        if (status != null && status.strategy().filter(modes::containsKey).isEmpty()) {
            status.mode().ifPresent(mode -> modes.put(status.strategy().orElse(""), mode));
        }
    }

    /** {@return how each strategy moved bytes, and what it did without, by name} */
    Map<String, ChannelMode> modes() {
        return modes;
    }

    int swaps() {
        return published.size();
    }

    /** {@return how many operations waited at the gate, over all swaps} */
    long parked() {
        return published.stream().mapToLong(SwapReport::parked).sum();
    }

    /** {@return all pauses, shortest first} */
    long[] pauses() {
        long[] pauses = published.stream().mapToLong(SwapReport::pauseNanos).toArray();
        Arrays.sort(pauses);
        return pauses;
    }
}
