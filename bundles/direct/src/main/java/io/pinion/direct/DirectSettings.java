package io.pinion.direct;

import io.pinion.linux.direct.BounceSettings;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code io.pinion.direct}. They hold for channels that are opened from then on. */
@ObjectClassDefinition(
        id = DirectSettings.PID,
        name = "Pinion: strategy direct",
        description =
                "Tuning of direct I/O on files. Applies to what is opened from then on: swap a volume to apply it at"
                        + " once.")
@interface DirectSettings {
    /** The persistent identity. */
    String PID = "io.pinion.direct";

    /** {@return the size of a bounce buffer in KiB} */
    @AttributeDefinition(
            name = "Size of a bounce buffer, in KiB",
            description =
                    "What is not aligned is copied through such buffers, so this is also the largest transfer of it."
                            + " A multiple of 64, at most 16384.",
            required = false,
            min = "64",
            max = "16384")
    int bounce_size_kib() default BounceSettings.SIZE_KIB;

    /** {@return how many bounce buffers a channel has} */
    @AttributeDefinition(
            name = "Bounce buffers of a volume",
            description =
                    "How many transfers of a volume can be copied at once; more wait. Their memory is taken when the"
                            + " volume is opened, and pinned as far as the limit of pinned memory allows. 1 to 64.",
            required = false,
            min = "1",
            max = "64")
    int bounce_count() default BounceSettings.COUNT;

    /** {@return whether bounce buffers are to be on huge pages} */
    @AttributeDefinition(
            name = "Huge pages",
            description =
                    "Whether bounce buffers ask the kernel for huge pages; the command why tells how many they got.",
            required = false)
    boolean huge_pages() default BounceSettings.HUGE_PAGES;

    /** {@return how much is read ahead for a sequential reader, in KiB} */
    @AttributeDefinition(
            name = "Read-ahead, in KiB",
            description =
                    "How much is read ahead for a sequential reader whose reads are small, by larger direct reads into"
                            + " memory that is taken when one is seen: for up to four readers of a volume at once. 0 for"
                            + " none, or a multiple of 64, at most 16384.",
            required = false,
            min = "0",
            max = "16384")
    int read_ahead_kib() default BounceSettings.READ_AHEAD_KIB;
}
