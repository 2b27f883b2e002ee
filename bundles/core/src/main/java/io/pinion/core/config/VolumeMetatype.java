package io.pinion.core.config;

import io.pinion.configuration.Units;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The keys of a volume, and the one home of their defaults. */
@ObjectClassDefinition(
        id = VolumeMetatype.PID,
        factoryPid = VolumeMetatype.PID,
        name = "Pinion: volume",
        description =
                "Bytes on a file or device, for applications to read and write. A change takes effect at once and harms"
                        + " no application; one that cannot work is refused as a whole, and the volume goes on as it was.")
public @interface VolumeMetatype {
    /** The factory's persistent identity. */
    String PID = "io.pinion.volume";

    /** Default of {@code access}. */
    String ACCESS = "read-write";
    /** Default of {@code claim}. */
    String CLAIM = "exclusive";
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
            description =
                    "What applications and commands call the volume: letters, digits, and . _ - behind the first; unique. Empty:"
                            + " what follows the dash in the name of the configuration's file.",
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
            name = "Strategies",
            description =
                    "The strategies to use, best first, such as direct, then buffered. Nothing beyond them is ever used. Or auto,"
                            + " alone or before those among which it may choose: then bundle io.pinion.advisor watches the"
                            + " volume's traffic and chooses.")
    String[] strategy();

    /** {@return the access} */
    @AttributeDefinition(
            name = "Access",
            description = "What applications may do.",
            required = false,
            options = {
                @Option(value = "read-write", label = "read-write: the target is this volume's alone"),
                @Option(value = "read-only", label = "read-only: any number of such volumes may share the target")
            })
    String access() default ACCESS;

    /** {@return the claim} */
    @AttributeDefinition(
            name = "Claim",
            description =
                    "What is done when others use the block device that is the target. Counts when the volume next claims it;"
                            + " 'reopen' does that.",
            required = false,
            options = {
                @Option(value = "exclusive", label = "exclusive: a device that others use is refused"),
                @Option(
                        value = "force",
                        label = "force: it is claimed beside them, which destroys what is mounted or mapped on it")
            })
    String claim() default CLAIM;

    /** {@return the size} */
    @AttributeDefinition(
            name = "Size of a new file",
            description = "How many bytes a missing file is created with, such as 64MiB: a number with " + Units.SIZES
                    + ", or of bytes. Empty: it must exist. An existing file keeps its size.",
            required = false)
    String size();

    /** {@return the drain timeout} */
    @AttributeDefinition(
            name = "Drain timeout",
            description = "How long a swap waits for operations in flight before it is given up: a number with "
                    + Units.DURATIONS + ".",
            required = false)
    String drain_timeout() default DRAIN_TIMEOUT;

    /** {@return the grace} */
    @AttributeDefinition(
            name = "Grace",
            description = "How long calls wait while there is no strategy, before they fail: a number with "
                    + Units.DURATIONS + ".",
            required = false)
    String grace() default GRACE;

    /** {@return the settle time} */
    @AttributeDefinition(
            name = "Settle",
            description =
                    "How long a start waits for the first strategy of the list, before it takes another: a number with "
                            + Units.DURATIONS + ".",
            required = false)
    String settle() default SETTLE;

    /** {@return the pause target} */
    @AttributeDefinition(
            name = "Pause target",
            description = "How short the flush before a swap is to become, before operations are held: a number with "
                    + Units.DURATIONS + ".",
            required = false)
    String pause_target() default PAUSE_TARGET;
}
