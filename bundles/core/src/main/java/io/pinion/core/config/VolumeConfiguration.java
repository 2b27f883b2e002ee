package io.pinion.core.config;

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
        Properties p = new Properties(properties);
        VolumeConfiguration configuration = new VolumeConfiguration(
                p.name("name", defaultName),
                p.target("target"),
                p.names("strategy"),
                p.access("access", Access.READ_WRITE),
                p.size("size"),
                p.duration("drain.timeout", VolumeMetatype.DRAIN_TIMEOUT),
                p.duration("grace", VolumeMetatype.GRACE),
                p.duration("settle", VolumeMetatype.SETTLE),
                p.duration("pause.target", VolumeMetatype.PAUSE_TARGET));
        p.refuseUnknown();
        return configuration;
    }

    /** {@return this configuration with the strategy as its first choice} */
    public List<String> preferring(String strategy) {
        return Stream.concat(Stream.of(strategy), strategies.stream())
                .distinct()
                .toList();
    }
}
