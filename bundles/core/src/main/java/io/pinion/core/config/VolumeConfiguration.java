package io.pinion.core.config;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.ConfigurationValues;
import io.pinion.configuration.Names;
import io.pinion.configuration.Units;
import io.pinion.strategy.Access;
import io.pinion.strategy.Shape;
import io.pinion.strategy.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A volume, or a drive, as its operator wants it; checked. The keys and their meaning are described in {@link VolumeMetatype}
 * and {@link TapeMetatype}.
 *
 * @param shape whether it is a volume or a drive
 * @param name what it is called
 * @param target what it stores its bytes on
 * @param auto whether a {@link io.pinion.volume.choice.StrategyChooser} chooses
 * @param strategies the strategies to use, best first; nothing beyond them is ever used. With auto, those among which is
 *     chosen, and it may be empty: then among all that serve the target's scheme
 * @param access what it may be used for
 * @param claim what is done about others who use its device
 * @param createSize with how many bytes a missing file is created; empty when it must exist
 * @param blockSize of a drive when it is opened: bytes, or 0 for records of any length; empty to leave it as it is
 * @param drainTimeout how long a swap waits for operations in flight
 * @param grace how long callers wait without a strategy
 * @param settle how long a start waits for the first preference
 * @param pauseTarget how short a flush must be before the gate is closed
 */
public record VolumeConfiguration(
        Shape shape,
        String name,
        Target target,
        boolean auto,
        List<String> strategies,
        Access access,
        Claiming claim,
        OptionalLong createSize,
        OptionalInt blockSize,
        Duration drainTimeout,
        Duration grace,
        Duration settle,
        Duration pauseTarget) {
    /** What stands first in the list of strategies when a chooser is to choose. */
    public static final String AUTO = "auto";

    private static final String STRATEGIES =
            "names of strategies, best first, separated by commas, such as direct,buffered; or auto, alone or before those"
                    + " among which it may choose";
    private static final String STRATEGIES_OF_DRIVES =
            "names of strategies for tape drives, best first, separated by commas";

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
        String name = name(values, defaultName);
        Target target = target(values);
        List<String> wanted = strategies(values);
        boolean auto = wanted.get(0).equals(AUTO);
        return new VolumeConfiguration(
                Shape.POSITIONAL,
                name,
                target,
                auto,
                auto ? wanted.subList(1, wanted.size()) : wanted,
                values.choice("access", Access.class, VolumeMetatype.ACCESS),
                values.choice("claim", Claiming.class, VolumeMetatype.CLAIM),
                values.size("size"),
                OptionalInt.empty(),
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
        List<String> wanted = values.names("strategy", STRATEGIES_OF_DRIVES);
        if (wanted.contains(AUTO)) {
            throw new ConfigurationRefused(
                    "strategy", String.join(",", wanted), STRATEGIES_OF_DRIVES + "; auto is for volumes");
        }
        Access access = values.choice("access", Access.class, TapeMetatype.ACCESS);
        return new VolumeConfiguration(
                Shape.TAPE,
                name,
                target,
                false,
                wanted.isEmpty() ? List.of(device ? TapeMetatype.DEVICE_STRATEGY : target.scheme()) : wanted,
                access,
                Claiming.EXCLUSIVE,
                device || !access.canWrite() ? OptionalLong.empty() : OptionalLong.of(0),
                blockSize(values),
                values.duration("drain.timeout", TapeMetatype.DRAIN_TIMEOUT),
                values.duration("grace", TapeMetatype.GRACE),
                values.duration("settle", TapeMetatype.SETTLE),
                Duration.ZERO);
    }

    private static OptionalInt blockSize(ConfigurationValues values) {
        String allowed = TapeMetatype.VARIABLE + ", or a number of bytes, or one with " + Units.SIZES;
        return values.read("block.size", VolumeConfiguration::blockSize, allowed)
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    private static int blockSize(String text) {
        long bytes = text.equals(TapeMetatype.VARIABLE) ? 0 : Units.size(text);
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(text + " is no length of a record");
        }
        return (int) bytes;
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
        if (strategies.lastIndexOf(AUTO) > 0) {
            throw new ConfigurationRefused("strategy", String.join(",", strategies), STRATEGIES);
        }
        return strategies;
    }

    /** {@return the strategies as the operator lists them} */
    public List<String> preferences() {
        return auto ? Stream.concat(Stream.of(AUTO), strategies.stream()).toList() : strategies;
    }

    /** {@return the strategies with this one as the first choice, so that it is no longer chosen by itself} */
    public List<String> preferring(String strategy) {
        return Stream.concat(Stream.of(strategy), strategies.stream())
                .distinct()
                .toList();
    }
}
