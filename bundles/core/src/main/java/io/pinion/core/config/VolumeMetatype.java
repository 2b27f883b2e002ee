package io.pinion.core.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The keys of a volume, and the one home of their defaults. */
@ObjectClassDefinition(
        id = VolumeMetatype.PID,
        factoryPid = VolumeMetatype.PID,
        name = "Pinion volume",
        description = "Bytes on a file or device, for applications to read and write, by a strategy of your choice.")
public @interface VolumeMetatype {
    /** The factory's persistent identity. */
    String PID = "io.pinion.volume";

    /** Default of {@code drain.timeout}. */
    String DRAIN_TIMEOUT = "10s";
    /** Default of {@code grace}. */
    String GRACE = "30s";
    /** Default of {@code settle}. */
    String SETTLE = "2s";
    /** Default of {@code pause.target}. */
    String PAUSE_TARGET = "5ms";

    /** {@return the name} */
    @AttributeDefinition(
            name = "Name",
            description = "What the volume is called; unique. Without it, what follows the dash in the file's name.",
            required = false)
    String name();

    /** {@return the target} */
    @AttributeDefinition(
            name = "Target",
            description =
                    "What the bytes are stored on: a path, or scheme:rest for a strategy with a scheme of its own.")
    String target();

    /** {@return the strategies} */
    @AttributeDefinition(
            name = "Strategy",
            description = "The strategies to use, best first, separated by commas. Nothing beyond them is ever used.")
    String[] strategy();

    /** {@return the access} */
    @AttributeDefinition(
            name = "Access",
            description = "What applications may do.",
            required = false,
            options = {@Option("read-write"), @Option("read-only")})
    String access() default "read-write";

    /** {@return the size} */
    @AttributeDefinition(
            name = "Size",
            description =
                    "With how many bytes the file is created when it is missing, such as 64MiB. Without it, it must"
                            + " exist; an existing file keeps its size.",
            required = false)
    String size();

    /** {@return the drain timeout} */
    @AttributeDefinition(
            name = "Drain timeout",
            description = "How long a swap waits for operations in flight before it is given up, such as 10s.",
            required = false)
    String drain_timeout() default DRAIN_TIMEOUT;

    /** {@return the grace} */
    @AttributeDefinition(
            name = "Grace",
            description = "How long callers wait for a strategy before their calls fail, such as 30s.",
            required = false)
    String grace() default GRACE;

    /** {@return the settle time} */
    @AttributeDefinition(
            name = "Settle",
            description =
                    "How long a start waits for the first strategy of the list before it takes another, such as 2s.",
            required = false)
    String settle() default SETTLE;

    /** {@return the pause target} */
    @AttributeDefinition(
            name = "Pause target",
            description = "How short the flush before a swap is to become before operations are held, such as 5ms.",
            required = false)
    String pause_target() default PAUSE_TARGET;
}
