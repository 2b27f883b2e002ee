package io.pinion.metrics;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code io.pinion.metrics}, and the one home of their defaults. */
@ObjectClassDefinition(
        id = MetricsSettings.PID,
        name = "Pinion: metrics",
        description = "The figures of all volumes for Prometheus, at http://ADDRESS:PORT/metrics. Anyone who can"
                + " connect may read them: they are neither encrypted nor protected by a password.")
@interface MetricsSettings {
    /** The persistent identity. */
    String PID = "io.pinion.metrics";
    /** Default of {@code enabled}. */
    boolean ENABLED = false;
    /** Default of {@code address}. */
    String ADDRESS = "127.0.0.1";
    /** Default of {@code port}. */
    int PORT = 9464;

    /** {@return whether it listens} */
    @AttributeDefinition(
            name = "Enabled",
            description = "Whether to listen at all. Nothing does until this is true.",
            required = false)
    boolean enabled() default ENABLED;

    /** {@return where it listens} */
    @AttributeDefinition(
            name = "Address",
            description = "The address of this machine to listen on: 127.0.0.1 or ::1 for programs on this machine"
                    + " alone, 0.0.0.0 for whoever can reach it.",
            required = false)
    String address() default ADDRESS;

    /** {@return on which port it listens} */
    @AttributeDefinition(
            name = "Port",
            description = "The TCP port to listen on, 1 to 65535. One that another program has is refused.",
            required = false,
            min = "1",
            max = "65535")
    int port() default PORT;
}
