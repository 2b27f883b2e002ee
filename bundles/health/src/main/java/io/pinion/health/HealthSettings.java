package io.pinion.health;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code io.pinion.health}, and the one home of their defaults. */
@ObjectClassDefinition(
        id = HealthSettings.PID,
        name = "Pinion: health",
        description = "From when on the health checks of Pinion warn.")
@interface HealthSettings {
    /** The persistent identity. */
    String PID = "io.pinion.health";
    /** Default of {@code memory.warn.percent}. */
    int MEMORY_WARN_PERCENT = 90;
    /** Default of {@code flush.overdue.seconds}. */
    int FLUSH_OVERDUE_SECONDS = 600;

    /** {@return from which share of the limit on the memory check warns} */
    @AttributeDefinition(
            name = "Pinned memory, per cent",
            description = "The check of memory warns when so much of the limit of pinned memory is in use, 1 to 100.",
            required = false,
            min = "1",
            max = "100")
    int memory_warn_percent() default MEMORY_WARN_PERCENT;

    /** {@return from when on the flush check warns} */
    @AttributeDefinition(
            name = "Overdue flush, seconds",
            description = "The check of flushes warns when bytes that were written have waited for a flush for so long."
                    + " 0: never, for applications that do without.",
            required = false,
            min = "0")
    int flush_overdue_seconds() default FLUSH_OVERDUE_SECONDS;
}
