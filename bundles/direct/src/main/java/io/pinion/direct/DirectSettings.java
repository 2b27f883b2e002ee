package io.pinion.direct;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code io.pinion.direct}. They hold for channels that are opened from then on. */
@ObjectClassDefinition(
        id = "io.pinion.direct",
        name = "Pinion: strategy direct",
        description = "Tuning of direct I/O on files. Applies to what is opened after a change; swap a volume to apply"
                + " it at once.")
@interface DirectSettings {
    /** {@return the size of a bounce buffer in KiB} */
    @AttributeDefinition(
            name = "Size of a bounce buffer (KiB)",
            description =
                    "What is not aligned is copied through buffers of this size, which is also the largest transfer"
                            + " of such data. In KiB, a multiple of 64, at most 16384.",
            min = "64",
            max = "16384")
    int bounce_size_kib() default 512;

    /** {@return how many bounce buffers a channel has} */
    @AttributeDefinition(
            name = "Bounce buffers per volume",
            description = "How many transfers of a volume can be copied at once; more wait. The memory is taken, and"
                    + " pinned where a PagePinner is there, when a volume is opened: bounce.size.kib times this.",
            min = "1",
            max = "64")
    int bounce_count() default 4;

    /** {@return whether bounce buffers are to be on huge pages} */
    @AttributeDefinition(
            name = "Huge pages",
            description = "Whether bounce buffers ask for transparent huge pages. The mode of a volume tells whether"
                    + " they were had.")
    boolean huge_pages() default true;
}
