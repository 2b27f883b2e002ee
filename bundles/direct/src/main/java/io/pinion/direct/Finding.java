package io.pinion.direct;

import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Geometry;
import java.util.Objects;

/**
 * What was found out about an open file.
 *
 * @param unsuitable why O_DIRECT is not direct there, or not there at all; empty when it is
 * @param alignment what it asks of transfers
 * @param geometry what callers are told
 * @param mode how bytes will move, and how sure that is
 */
record Finding(String unsuitable, Alignment alignment, Geometry geometry, ChannelMode mode) {
    static Finding unsuitable(String reason) {
        return new Finding(
                Objects.requireNonNull(reason),
                new Alignment(1, 1, 1),
                Geometry.builder().build(),
                ChannelMode.of("none"));
    }

    static Finding suitable(Alignment alignment, Geometry geometry, ChannelMode mode) {
        return new Finding("", alignment, geometry, mode);
    }

    boolean isSuitable() {
        return unsuitable.isEmpty();
    }
}
