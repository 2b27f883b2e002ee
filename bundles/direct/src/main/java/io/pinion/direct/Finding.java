package io.pinion.direct;

import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Geometry;
import java.util.Objects;

/**
 * What was found out about an open file.
 *
 * @param unsuitable why O_DIRECT is not direct there, or not there at all; empty when it is
 * @param alignment what it asks of transfers
 * @param atomic what it takes as a write that is seen whole or not at all
 * @param geometry what callers are told
 * @param mode how bytes will move, and how sure that is
 */
record Finding(String unsuitable, Alignment alignment, AtomicLimits atomic, Geometry geometry, ChannelMode mode) {
    static Finding unsuitable(String reason) {
        return new Finding(
                Objects.requireNonNull(reason),
                new Alignment(1, 1, 1),
                AtomicLimits.NONE,
                Geometry.builder().build(),
                ChannelMode.of("none"));
    }

    static Finding suitable(Alignment alignment, AtomicLimits atomic, int block, ChannelMode mode) {
        Geometry geometry = alignment.geometry(block).toBuilder()
                .atomicWriteUnit(atomic.most())
                .build();
        return new Finding("", alignment, atomic, geometry, mode);
    }

    boolean isSuitable() {
        return unsuitable.isEmpty();
    }
}
