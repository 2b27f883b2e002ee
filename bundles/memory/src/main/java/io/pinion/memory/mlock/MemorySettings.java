package io.pinion.memory.mlock;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code io.pinion.memory}. */
@ObjectClassDefinition(
        id = MemorySettings.PID,
        name = "Pinion: memory",
        description = "The memory that Pinion keeps resident, or pins. Applies to what is pinned from then on.")
@interface MemorySettings {
    /** The persistent identity. */
    String PID = "io.pinion.memory";

    /** {@return how much may be pinned; empty: what the operating system allows} */
    @AttributeDefinition(
            name = "Limit of pinned memory",
            description = "How much may be pinned in all: " + Bytes.ALLOWED
                    + ". Empty: as much as the operating system allows. A higher limit does not raise that:"
                    + " LimitMEMLOCK= of the service or ulimit -l does.",
            required = false)
    String limit() default "";
}
