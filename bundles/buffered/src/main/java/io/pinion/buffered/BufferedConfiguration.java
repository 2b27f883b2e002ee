package io.pinion.buffered;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * The keys of {@value BufferedStrategy#PID}, and the one home of their defaults. A change applies to the channels that are
 * open, too.
 */
@ObjectClassDefinition(
        id = BufferedStrategy.PID,
        name = "Pinion: strategy buffered",
        description = "Tuning of files by way of the kernel's page cache. Applies to what is open, too.")
@interface BufferedConfiguration {
    /** Default of {@code advice}. */
    String ADVICE = "normal";
    /** Default of {@code cache}. */
    String CACHE = "keep";

    /** {@return what the kernel is told} */
    @AttributeDefinition(
            name = "Advice",
            description = "What the kernel is told of the reads to come; how much it reads ahead depends on it.",
            required = false,
            options = {
                @Option(value = "normal", label = "normal: nothing in particular"),
                @Option(value = "sequential", label = "sequential: from lower to higher offsets, read ahead more"),
                @Option(value = "random", label = "random: in no order, read nothing ahead")
            })
    String advice() default ADVICE;

    /** {@return what becomes of the pages that a transfer has gone through} */
    @AttributeDefinition(
            name = "Cache",
            description =
                    "What becomes of pages in the page cache when a transfer is over. To drop them needs Linux 6.14, and"
                            + " ext4 or xfs; the command why tells where it can't be had.",
            required = false,
            options = {
                @Option(value = "keep", label = "keep: they stay, for the next transfer"),
                @Option(value = "drop", label = "drop: they are written back at once and forgotten")
            })
    String cache() default CACHE;
}
