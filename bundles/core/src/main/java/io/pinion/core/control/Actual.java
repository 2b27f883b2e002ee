package io.pinion.core.control;

import io.pinion.core.config.VolumeConfiguration;
import io.pinion.core.volume.Background;
import io.pinion.core.volume.Closure;
import io.pinion.core.volume.Gate;
import io.pinion.core.volume.GatedVolume;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.VolumeState;
import java.util.function.Consumer;

/**
 * A volume as it is: who serves it, what it holds, and what went wrong. Changed by its reconciler's thread; the volatile
 * fields are read by any.
 */
final class Actual {
    final GatedVolume volume;
    final Gate gate;
    final Served served;
    final History history = new History();
    volatile VolumeConfiguration configuration;
    volatile VolumeState state = VolumeState.WAITING;
    volatile String reason = "it was just configured";
    volatile Holding holding;
    volatile Tenure tenure;
    /** Set once a flush has failed, until the loss is accepted. */
    volatile StorageException lostData;

    Actual(VolumeConfiguration configuration, Background background, Consumer<StorageException> onLostData) {
        this.configuration = configuration;
        gate = new Gate(
                configuration.name(),
                Closure.waiting(
                        "no strategy serves it yet", configuration.grace().toNanos()));
        volume = new GatedVolume(configuration.name(), configuration.access(), gate, background, onLostData);
        served = new Served(gate);
    }

    /** The volume waits, and says why; how long callers wait counts from when it began to. */
    void waitFor(String why) {
        Closure now = gate.closure();
        boolean waiting = gate.tenure() == null && now.kind() == Kind.UNAVAILABLE;
        gate.close(waiting ? now.because(why) : waiting(why));
        state = VolumeState.WAITING;
        reason = why;
    }

    Closure waiting(String why) {
        return Closure.waiting(why, configuration.grace().toNanos());
    }

    /** The volume fails every call until it is reopened. */
    void fail(StorageException error) {
        lostData = error;
        gate.close(Closure.shut(
                Kind.FLUSH_FAILED,
                "a flush has failed, and data that was written may be lost: " + error.getMessage() + "; 'reopen "
                        + configuration.name() + " --accept-loss' goes on with what the device holds",
                error));
        state = VolumeState.FAILED;
        reason = error.getMessage();
    }
}
