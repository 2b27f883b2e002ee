package io.pinion.itests;

import io.pinion.volume.Volume;

/** An application's component, by the XML beside it: it is there while the volume named bound is. */
public final class VolumeUser {
    private Volume bound;

    /** Called by the component runtime. */
    public void bind(Volume volume) {
        bound = volume;
    }

    /** {@return the volume that was bound} */
    Volume volume() {
        return bound;
    }
}
