package io.pinion.core.control;

import io.pinion.core.volume.DeviceWatch;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.Resize;
import io.pinion.strategy.StorageException;
import io.pinion.volume.VolumeState;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds whether the volume's device is there, and of what size, also while nobody uses it. Runs on the
 * reconciler's thread, so that no swap happens meanwhile.
 */
final class Patrol {
    private static final Logger LOG = LoggerFactory.getLogger(Patrol.class);
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Actual actual;
    private final Surroundings around;
    private long last = System.nanoTime();
    /** A device whose guard broke its contract, and is not asked again. */
    private DeviceWatch silent = DeviceWatch.NONE;

    Patrol(Actual actual, Surroundings around) {
        this.actual = actual;
        this.around = around;
    }

    /** Looks, unless it has a moment ago. */
    void go() {
        Holding held = actual.holding;
        if (held == null || !held.device().isWatching() || System.nanoTime() - last < EVERY_NANOS) {
            return;
        }
        last = System.nanoTime();
        if (held.device() != silent) {
            look(held.device());
        }
    }

    private void look(DeviceWatch device) {
        long before = device.size();
        try {
            Optional<StorageException> trouble = around.calls()
                    .call(
                            "presence",
                            ANSWER_NANOS,
                            () -> actual.volume.failures().trouble(device),
                            late -> {});
            if (trouble.isEmpty() && device.size() > before) {
                actual.grown = DeviceWatch.grown(before, device.size()) + rescanned();
                LOG.info("{}: {}", actual.volume, actual.grown);
            }
        } catch (StorageException e) {
            silent = device;
            LOG.warn(
                    "{}: its claim does not tell whether the device is there, and is not asked again: {}",
                    actual.volume,
                    e.getMessage());
        }
    }

    /** Has the channel learn of it; {@return what kept it from that, in words} */
    private String rescanned() {
        Tenure serving = actual.tenure;
        if (serving == null || actual.state != VolumeState.OPEN) {
            return "";
        }
        try {
            around.calls()
                    .run(
                            "rescan",
                            BoundedCalls.DRIVER_NANOS,
                            () -> rescan(serving.channel().adapt(Resize.class)));
            return "";
        } catch (StorageException e) {
            return ", which strategy " + serving.strategy() + " could not learn: " + e.getMessage();
        }
    }

    private static void rescan(Optional<Resize> extra) throws StorageException {
        if (extra.isPresent()) {
            extra.get().rescan();
        }
    }
}
