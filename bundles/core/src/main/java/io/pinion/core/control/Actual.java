package io.pinion.core.control;

import io.pinion.core.config.VolumeConfiguration;
import io.pinion.core.volume.Background;
import io.pinion.core.volume.Bounds;
import io.pinion.core.volume.Closure;
import io.pinion.core.volume.DeviceWatch;
import io.pinion.core.volume.Gate;
import io.pinion.core.volume.Gated;
import io.pinion.core.volume.GatedDrive;
import io.pinion.core.volume.GatedVolume;
import io.pinion.core.volume.Keeper;
import io.pinion.core.volume.Tenure;
import io.pinion.strategy.Handover;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.VolumeState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A volume, or a drive, as it is: who serves it, what it holds, and what went wrong. Changed by its reconciler's thread; the volatile
 * fields are read by any. A flush may fail, and a device be pulled out, on any thread at any moment, so whatever opens the
 * gate, or says that the volume waits, looks at that and acts under one lock.
 */
final class Actual implements Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Actual.class);

    final Gated volume;
    final Gate gate;
    final Served served;
    final Bounds bounds;
    final History history = new History();
    private final Runnable look;
    volatile VolumeConfiguration configuration;
    volatile VolumeState state = VolumeState.WAITING;
    volatile String reason = "it was just configured";
    volatile Holding holding;
    /** The holding on which a channel has served: what was created for the volume has content from then on. */
    volatile Holding used;

    volatile Tenure tenure;
    /** What the next channel takes over when nobody serves any more; null when there is nothing. */
    volatile Handover handover;

    /** Of what was given back last. */
    private String released = "";
    /** Set once a flush has failed, or a device has come back without what was written, until the loss is accepted. */
    volatile StorageException lostData;
    /** Set once the device is gone, until it is back. */
    volatile Removal removal;
    /** When the device grew, and how much, as a sentence; empty when it hasn't since it was claimed. */
    volatile String grown = "";

    /** @param look has the reconciler look at what has become of the volume */
    Actual(VolumeConfiguration configuration, Background background, Bounds bounds, Runnable look) {
        this.configuration = configuration;
        this.bounds = bounds;
        this.look = look;
        String name = configuration.name();
        boolean tape = configuration.shape() == Shape.TAPE;
        gate = new Gate(
                (tape ? "drive " : "volume ") + name,
                Closure.waiting(
                        "no strategy serves it yet", configuration.grace().toNanos()));
        volume = tape
                ? new GatedDrive(name, configuration.access(), gate, bounds.drive(), this)
                : new GatedVolume(name, configuration.access(), gate, background, this);
        served = new Served(gate);
    }

    /** The volume waits, and says why; how long callers wait counts from when it began to. One that has failed stays so. */
    synchronized void waitFor(String reasonNow) {
        if (lostData != null) {
            return;
        }
        String why = whileRemoved(reasonNow);
        Closure now = gate.closure();
        boolean waiting = gate.tenure() == null && now.kind() == Kind.UNAVAILABLE;
        gate.close(waiting ? now.because(why) : waiting(why));
        state = VolumeState.WAITING;
        reason = why;
    }

    /** Calls of a tenure that ends wait, and it is said why. A volume that has failed stays so. */
    synchronized void park(Tenure ending, String why) {
        if (lostData == null && removal == null) {
            gate.closeOn(ending, waiting(why));
            state = VolumeState.WAITING;
            reason = why;
        }
    }

    /** What a volume waits for first is its device. */
    private String whileRemoved(String why) {
        Removal now = removal;
        if (now == null) {
            return why;
        }
        String words = now.words(volume.name());
        return why.isEmpty() || why.equals(words) ? words : words + "; " + why;
    }

    /** A swap begins. A volume that has failed stays so. */
    synchronized void swapping() {
        if (lostData == null && removal == null) {
            state = VolumeState.SWAPPING;
        }
    }

    /** The tenure serves, unless the volume has failed or its device is gone. */
    synchronized void serve(Tenure serving) {
        if (lostData == null && removal == null) {
            state = VolumeState.OPEN;
            reason = "";
            gate.open(serving);
        }
    }

    Closure waiting(String why) {
        return Closure.waiting(why, configuration.grace().toNanos());
    }

    @Override
    public void lostData(StorageException error) {
        fail(error);
        look.run();
    }

    @Override
    public void lostDevice(DeviceWatch device, StorageException trouble) {
        Holding held = holding;
        if (held != null && held.device() == device) {
            if (trouble.kind() == Kind.REMOVED) {
                removed(new Removal(trouble, held));
            } else {
                fail(trouble);
            }
            look.run();
        }
    }

    /** One that has failed stays so; but it, too, is to let go of what is gone. */
    private synchronized void removed(Removal noticed) {
        if (removal == null && state != VolumeState.CLOSED) {
            removal = noticed;
            waitFor("");
        }
    }

    /** The volume fails every call until it is reopened. Any thread, at any moment; the first failure stays. */
    synchronized void fail(StorageException error) {
        if (lostData != null) {
            return;
        }
        LOG.error("{} has failed: {}", volume, error.getMessage());
        lostData = error;
        if (state == VolumeState.CLOSED) {
            return;
        }
        String what = error.kind() == Kind.FLUSH_FAILED ? "data that was written may be lost: " : "";
        gate.close(Closure.shut(
                error.kind(),
                what + error.getMessage() + "; 'reopen " + configuration.name()
                        + " --accept-loss' goes on with what the device holds",
                error));
        state = VolumeState.FAILED;
        reason = error.getMessage();
    }

    /** Holds a target from now on. What was left on another one is no place on this. */
    void hold(Holding found) {
        if (handover != null && !found.identity().equals(released)) {
            forgetPlace();
        }
        holding = found;
    }

    /**
     * Gives the target back. An application may keep the volume for ever, and is not to keep the claim's bundle by it. It may
     * be in the middle of a tape as well, and is not to go on at another place, where the next channel may begin.
     */
    void release(Surroundings around) {
        Holding held = holding;
        holding = null;
        used = null;
        if (handover != null && removal != null) {
            forgetPlace();
        }
        grown = "";
        if (held != null) {
            released = held.identity();
            around.release(held);
        }
    }

    private void forgetPlace() {
        handover = Tenure.withoutPlace(handover);
    }

    /** Takes back this failure, and no other. */
    synchronized void forgive(StorageException lost) {
        if (lostData == lost) {
            lostData = null;
        }
    }

    /** Nothing waits and nothing is served any more, whatever was the matter. */
    synchronized void closed() {
        gate.close(Closure.shut(Kind.CLOSED, "it is closed", null));
        state = VolumeState.CLOSED;
        reason = "";
    }
}
