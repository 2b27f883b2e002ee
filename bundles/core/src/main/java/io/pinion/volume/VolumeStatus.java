package io.pinion.volume;

import io.pinion.strategy.Access;
import io.pinion.strategy.ChannelMode;
import io.pinion.strategy.Shape;
import io.pinion.strategy.Target;
import java.util.List;
import java.util.Optional;

/**
 * A volume, or a drive, as it was at one moment.
 *
 * @param name what the operator calls it
 * @param shape whether it is a volume or a drive
 * @param target what it stores its bytes on
 * @param access what it may be used for
 * @param state what it is doing
 * @param reason why, when it is not simply open; else empty
 * @param strategy which strategy really serves it; empty when none does
 * @param mode how its bytes really move; empty when they don't
 * @param preferences the strategies that the configuration names, best first
 * @param override the strategy that was swapped to by hand, while that lasts
 * @param identity the claimed target's identity; empty before the claim
 * @param problems what keeps it from being as configured: refused configurations, unmet preferences; empty when nothing
 */
public record VolumeStatus(
        String name,
        Shape shape,
        Target target,
        Access access,
        VolumeState state,
        String reason,
        Optional<String> strategy,
        Optional<ChannelMode> mode,
        List<String> preferences,
        Optional<String> override,
        String identity,
        List<String> problems) {}
