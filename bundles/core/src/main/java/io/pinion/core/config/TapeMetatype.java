package io.pinion.core.config;

import io.pinion.configuration.Units;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The keys of a tape drive, and the one home of their defaults. */
@ObjectClassDefinition(
        id = TapeMetatype.PID,
        factoryPid = TapeMetatype.PID,
        name = "Pinion: tape drive",
        description =
                "A tape drive, or an image of a tape in a file, for applications to read and write by records. A change"
                        + " takes effect at once; one that cannot work is refused as a whole, and the drive goes on as it was.")
public @interface TapeMetatype {
    /** The factory's persistent identity. */
    String PID = "io.pinion.tape";

    /** Default of {@code strategy} for a device; for a target with a scheme it is the strategy of that name. */
    String DEVICE_STRATEGY = "tape";

    /** Default of {@code access}. */
    String ACCESS = "read-write";
    /** Of {@code block.size}: records of any length. */
    String VARIABLE = "variable";
    /** Default of {@code drain.timeout}: an operation of a drive takes longer than one of a disk. */
    String DRAIN_TIMEOUT = "60s";
    /** Default of {@code grace}. */
    String GRACE = "30s";
    /** Default of {@code settle}. */
    String SETTLE = "2s";

    /** {@return the name} */
    @AttributeDefinition(
            name = "Name",
            description =
                    "What applications and commands call the drive: letters, digits, and . _ - behind the first; unique,"
                            + " also among volumes. Empty: what follows the dash in the name of the configuration's file.",
            required = false)
    String name();

    /** {@return the target} */
    @AttributeDefinition(
            name = "Target",
            description =
                    "The drive: a device that does not rewind when it is closed, such as /dev/nst0 or, better, its name in"
                            + " /dev/tape/by-id; or an image file, tape-image:/path/backup.tap, which is created if it is missing.")
    String target();

    /** {@return the strategies} */
    @AttributeDefinition(
            name = "Strategies",
            description = "The strategies to use, best first. Nothing beyond them is ever used. Empty: "
                    + DEVICE_STRATEGY + " for a device, else the strategy that is called as the target's scheme.",
            required = false)
    String[] strategy() default {};

    /** {@return the access} */
    @AttributeDefinition(
            name = "Access",
            description = "What applications may do.",
            required = false,
            options = {
                @Option(value = "read-write", label = "read-write: the drive is this configuration's alone"),
                @Option(value = "read-only", label = "read-only: nothing on the tape is changed")
            })
    String access() default ACCESS;

    /** {@return the block size} */
    @AttributeDefinition(
            name = "Block size",
            description = "The mode in which the drive is when it is opened, at a start or by a reopen: " + VARIABLE
                    + ", or 0, for records of any length; or the length of all records (fixed mode), a number of bytes, or one with "
                    + Units.SIZES + ". Applications may change it meanwhile. Empty: as the drive is.",
            required = false)
    String block_size();

    /** {@return the drain timeout} */
    @AttributeDefinition(
            name = "Drain timeout",
            description = "How long a swap waits for the operation that runs before it is given up: a number with "
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
}
