package io.example.sealed;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The configuration {@value SealedStrategy#PID}. A change applies to what is opened from then on. */
@ObjectClassDefinition(name = "Strategy " + SealedStrategy.NAME, description = "Files whose blocks are encrypted")
@interface SealedConfiguration {
    @AttributeDefinition(
            name = "Key file",
            description = "32 random bytes, in a file that the user of this process alone may read")
    String key_file() default "";
}
