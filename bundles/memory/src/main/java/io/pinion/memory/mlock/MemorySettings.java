package io.pinion.memory.mlock;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code io.pinion.memory}. */
@ObjectClassDefinition(
        id = "io.pinion.memory",
        name = "Pinion: memory",
        description = "How much memory Pinion keeps resident.")
@interface MemorySettings {
    /** {@return how much may be pinned; empty: what the operating system allows} */
    @AttributeDefinition(
            name = "Limit of pinned memory",
            description = "How much memory may be pinned in all: " + Bytes.ALLOWED
                    + ". Empty: what the operating system allows, RLIMIT_MEMLOCK, or anything with CAP_IPC_LOCK. A limit"
                    + " above that does not raise it; LimitMEMLOCK= or ulimit -l does.",
            required = false)
    String limit() default "";
}
