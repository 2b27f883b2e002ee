package io.pinion.tape.st;

import io.pinion.strategy.Handover;

/**
 * Where on the tape the drive has warned of its end, and where it had no room: what is told there lasts as long as the tape stands
 * there, and some drives warn once. For the channel's thread alone.
 */
final class EndOfMedium {
    private static final String KEY = "tape.warnedFrom";

    private final Place place;

    /** From which block addresses on. */
    private long warnedFrom = Long.MAX_VALUE;

    private long fullFrom = Long.MAX_VALUE;

    EndOfMedium(Place place) {
        this.place = place;
    }

    /** Takes over what a predecessor was warned of. */
    void begin(Handover handover) {
        handover.value(KEY).ifPresent(address -> warnedFrom = Long.parseLong(address));
    }

    Handover end(Handover handover) {
        return warnedFrom == Long.MAX_VALUE ? handover : handover.with(KEY, Long.toString(warnedFrom));
    }

    /** {@return whether the tape stands where the drive has warned} */
    boolean isNear() {
        return place.address() >= warnedFrom;
    }

    /** {@return whether the tape stands where there was no room} */
    boolean isReached() {
        return place.address() >= fullFrom;
    }

    /** What is in front of the place where it was is about to be written anew: the end may come earlier, or later. */
    void forget() {
        if (place.address() < warnedFrom - 1) {
            warnedFrom = Long.MAX_VALUE;
            fullFrom = Long.MAX_VALUE;
        }
    }

    /** The drive warns here. */
    void warn() {
        if (place.address() >= 0) {
            warnedFrom = Math.min(warnedFrom, place.address());
        }
    }

    /** The drive has no room here. */
    void reach() {
        warn();
        if (place.address() >= 0) {
            fullFrom = Math.min(fullFrom, place.address());
        }
    }
}
