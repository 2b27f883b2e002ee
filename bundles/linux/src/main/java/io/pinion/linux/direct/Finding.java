package io.pinion.linux.direct;

import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Geometry;
import java.util.Objects;

/**
 * What was found out about an open file or device.
 *
 * @param unsuitable why O_DIRECT is not direct there, or not there at all; empty when it is
 * @param alignment what it asks of transfers
 * @param geometry what callers are told
 * @param mode how bytes will move, and how sure that is
 */
public record Finding(String unsuitable, Alignment alignment, Geometry geometry, ChannelMode mode) {
    /** {@return the finding that it can't be served, and why} */
    public static Finding unsuitable(String reason) {
        return new Finding(
                Objects.requireNonNull(reason),
                new Alignment(1, 1, 1),
                Geometry.builder().build(),
                ChannelMode.of("none"));
    }

    /** {@return the finding that it can be served, and how} */
    public static Finding suitable(Alignment alignment, Geometry geometry, ChannelMode mode) {
        return new Finding("", alignment, geometry, mode);
    }

    /** {@return whether it can be served} */
    public boolean isSuitable() {
        return unsuitable.isEmpty();
    }
}
