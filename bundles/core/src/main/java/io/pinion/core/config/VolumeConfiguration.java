package io.pinion.core.config;

import io.pinion.configuration.ConfigurationRefused;
import io.pinion.configuration.ConfigurationValues;
import io.pinion.configuration.Names;
import io.pinion.strategy.Access;
import io.pinion.strategy.Target;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A volume as its operator wants it; checked. The keys and their meaning are described in {@link VolumeMetatype}.
 *
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

    /**
     * {@return the configuration that these properties say}
     *
     * @param defaultName the name when the properties have none
     * @throws ConfigurationRefused for the first key that is unknown, missing or wrong
     */
    public static VolumeConfiguration from(String defaultName, Map<String, ?> properties) {
        ConfigurationValues values = ConfigurationValues.of(properties);
        VolumeConfiguration configuration = new VolumeConfiguration(
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
        values.refuseUnknown();
        return configuration;
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
        String allowed = "names of strategies, best first, separated by commas, such as direct,buffered";
        List<String> strategies = values.names("strategy", allowed);
        if (strategies.isEmpty()) {
            throw new ConfigurationRefused("strategy", null, allowed);
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
