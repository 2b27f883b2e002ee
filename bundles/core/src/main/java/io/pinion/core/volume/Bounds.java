package io.pinion.core.volume;

import io.pinion.strategy.Shape;
import java.util.concurrent.TimeUnit;

/**
 * How long core waits for what it does in a channel behind the closed gate, in nanoseconds.
 *
 * @param flush of a volume
 * @param drive of a drive: each of flush, end and begin, and callers for one of these that nobody waits for any more
 */
public record Bounds(long flush, long drive) {
    /**
     * Nothing ends a command to a tape drive before the driver's time limit for it, 900 s (ST_TIMEOUT in the kernel's
     * drivers/scsi/st.c, MT_ST_SET_TIMEOUT). That is to be what tells of it: so a minute more, for the rest of the step.
     */
    public static final Bounds USUAL = new Bounds(TimeUnit.MINUTES.toNanos(2), TimeUnit.SECONDS.toNanos(900 + 60));

    /** {@return how long a flush may take} */
    public long flush(Shape shape) {
        return shape == Shape.TAPE ? drive : flush;
    }

    /** {@return how long one channel may take to end, or another to begin; of a volume so long} */
    public long succession(Shape shape, long ofVolume) {
        return shape == Shape.TAPE ? drive : ofVolume;
    }
}
