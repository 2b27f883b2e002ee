package io.pinion.core.control;

import io.pinion.core.volume.BoundedCalls;
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

    private final Actual actual;
    private final Surroundings around;
    private long last = System.nanoTime();
    /** The device whose guard was last told of as one that does not answer. */
    private DeviceWatch warnedOf = DeviceWatch.NONE;

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
        look(held.device());
    }

    private void look(DeviceWatch device) {
        long before = device.size();
        Optional<StorageException> trouble = actual.volume.failures().trouble(device);
        if (trouble.isEmpty() && device.size() > before) {
            actual.grown = DeviceWatch.grown(before, device.size()) + rescanned();
            LOG.info("{}: {}", actual.volume, actual.grown);
        }
        warnOnce(device);
    }

    /** Once for each time that a guard falls silent, whoever noticed. */
    private void warnOnce(DeviceWatch device) {
        Optional<String> silence = device.silence();
        if (silence.isPresent() && warnedOf != device) {
            LOG.warn("{}: {}", actual.volume, silence.get());
        }
        warnedOf = silence.isPresent() ? device : DeviceWatch.NONE;
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
