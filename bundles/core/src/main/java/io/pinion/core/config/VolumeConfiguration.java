package io.pinion.core.config;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.ConfigurationValues;
import io.pinion.configuration.Names;
import io.pinion.strategy.Access;
import io.pinion.strategy.Shape;
import io.pinion.strategy.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A volume, or a drive, as its operator wants it; checked. The keys and their meaning are described in {@link VolumeMetatype}
 * and {@link TapeMetatype}.
 *
 * @param shape whether it is a volume or a drive
 * @param name what it is called
 * @param target what it stores its bytes on
 * @param strategies the strategies to use, best first; nothing beyond them is ever used
 * @param access what it may be used for
 * @param claim what is done about others who use its device
 * @param createSize with how many bytes a missing file is created; empty when it must exist
 * @param drainTimeout how long a swap waits for operations in flight
 * @param grace how long callers wait without a strategy
 * @param settle how long a start waits for the first preference
 * @param pauseTarget how short a flush must be before the gate is closed
 */
public record VolumeConfiguration(
        Shape shape,
        String name,
        Target target,
        List<String> strategies,
        Access access,
        Claiming claim,
        OptionalLong createSize,
        Duration drainTimeout,
        Duration grace,
        Duration settle,
        Duration pauseTarget) {
    private static final String STRATEGIES =
            "names of strategies, best first, separated by commas, such as direct,buffered";

    /**
     * {@return the configuration that these properties say}
     *
     * @param defaultName the name when the properties have none
     * @throws ConfigurationRefused for the first key that is unknown, missing or wrong
     */
    public static VolumeConfiguration from(Shape shape, String defaultName, Map<String, ?> properties) {
        ConfigurationValues values = ConfigurationValues.of(properties);
        VolumeConfiguration configuration =
                shape == Shape.TAPE ? drive(values, defaultName) : volume(values, defaultName);
        values.refuseUnknown();
        return configuration;
    }

    private static VolumeConfiguration volume(ConfigurationValues values, String defaultName) {
        return new VolumeConfiguration(
                Shape.POSITIONAL,
                name(values, defaultName),
                target(values),
                strategies(values),
                values.choice("access", Access.class, VolumeMetatype.ACCESS),
                values.choice("claim", Claiming.class, VolumeMetatype.CLAIM),
                values.size("size"),
                values.duration("drain.timeout", VolumeMetatype.DRAIN_TIMEOUT),
                values.duration("grace", VolumeMetatype.GRACE),
                values.duration("settle", VolumeMetatype.SETTLE),
                values.duration("pause.target", VolumeMetatype.PAUSE_TARGET));
    }

    /** An image that is missing is created, empty; a device is not. Nothing of a tape is flushed before the gate is closed. */
    private static VolumeConfiguration drive(ConfigurationValues values, String defaultName) {
        String name = name(values, defaultName);
        Target target = target(values);
        boolean device = target.scheme().equals(Target.PATH);
        List<String> wanted = values.names("strategy", STRATEGIES);
        Access access = values.choice("access", Access.class, TapeMetatype.ACCESS);
        return new VolumeConfiguration(
                Shape.TAPE,
                name,
                target,
                wanted.isEmpty() ? List.of(device ? TapeMetatype.DEVICE_STRATEGY : target.scheme()) : wanted,
                access,
                Claiming.EXCLUSIVE,
                device || !access.canWrite() ? OptionalLong.empty() : OptionalLong.of(0),
                values.duration("drain.timeout", TapeMetatype.DRAIN_TIMEOUT),
                values.duration("grace", TapeMetatype.GRACE),
                values.duration("settle", TapeMetatype.SETTLE),
                Duration.ZERO);
    }

    private static String name(ConfigurationValues values, String otherwise) {
        String name = values.text("name").orElse(otherwise);
        if (!Names.isName(name)) {
            throw new ConfigurationRefused("name", name, Names.ALLOWED);
        }
        return name;
    }

    private static Target target(ConfigurationValues values) {
        String allowed = "a path, or scheme:rest";
        return values.read("target", Target::parse, allowed)
                .orElseThrow(() -> new ConfigurationRefused("target", null, allowed));
    }

    private static List<String> strategies(ConfigurationValues values) {
        List<String> strategies = values.names("strategy", STRATEGIES);
        if (strategies.isEmpty()) {
            throw new ConfigurationRefused("strategy", null, STRATEGIES);
        }
        return strategies;
    }

    /** {@return this configuration with the strategy as its first choice} */
    public List<String> preferring(String strategy) {
        return Stream.concat(Stream.of(strategy), strategies.stream())
                .distinct()
                .toList();
    }
}
