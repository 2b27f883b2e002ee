package io.pinion.buffered;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration {@value BufferedStrategy#PID}. A change applies to the channels that are open, too. */
@ObjectClassDefinition(name = "Pinion strategy: buffered", description = "Files by way of the kernel's page cache")
@interface BufferedConfiguration {
    @AttributeDefinition(
            name = "Advice",
            description = "How the kernel is told that files will be read: it decides how much is read ahead",
            options = {
                @Option(label = "nothing in particular", value = "normal"),
                @Option(label = "from lower to higher offsets: more is read ahead", value = "sequential"),
                @Option(label = "in random order: nothing is read ahead", value = "random")
            })
    String advice() default "normal";
}
