package io.pinion.core.control;

import io.pinion.core.volume.Background;
import io.pinion.core.volume.BoundedCalls;
import io.pinion.core.volume.Bounds;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.strategy.TargetInspection;
import io.pinion.volume.choice.StrategyChooser;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all volumes of a process share.
 *
 * @param directory the strategies that are there
 * @param claims what volumes hold
 * @param guard the guard that is there; null while none is
 * @param chooser who chooses strategies for volumes with strategy=auto; null while nobody is there
 * @param calls for calls that may hang
 * @param bounds how long those of them may that are made behind a closed gate
 * @param transfers threads for transfers that have no thread of their own
 * @param publication where volumes are made known
 */
record Surroundings(
        StrategyDirectory directory,
        Claims claims,
        Supplier<TargetGuard> guard,
        Supplier<StrategyChooser> chooser,
        BoundedCalls calls,
        Bounds bounds,
        Background transfers,
        Publication publication) {
    private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);
    private static final long INSPECT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** {@return the guard that is there, else the one that Java alone can be} */
    TargetGuard anyGuard() {
        TargetGuard present = guard.get();
        return present == null ? new FileGuard() : present;
    }

    /** {@return what the target is} For who waits: a file system that does not answer is a {@code TIMEOUT} within 5 s. */
    TargetInspection inspect(Target target) throws StorageException {
        TargetGuard present = anyGuard();
        return calls.call("inspect", INSPECT_NANOS, () -> present.inspect(target), late -> {});
    }

    /** Gives a target back. A descriptor that cannot be closed in time is left to the thread that tries. */
    void release(Holding held) {
        try {
            calls.run("release", BoundedCalls.DRIVER_NANOS, () -> claims.release(held));
        } catch (StorageException e) {
            LOG.warn("giving back {} of {}: {}", held.target(), held.holder(), e.getMessage());
        }
    }
}
