package io.pinion.memory.pool;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The keys of {@code io.pinion.pool}, and the one home of their defaults. */
@ObjectClassDefinition(
        id = PoolConfiguration.PID,
        name = "Pinion: buffer pool",
        description =
                "Buffers that applications lease for input and output: on huge pages, pinned, and registered with the"
                        + " kernel by queues. Applies to memory that is taken from then on.")
@interface PoolConfiguration {
    /** The persistent identity. */
    String PID = "io.pinion.pool";
    /** Default of {@code limit}. */
    String LIMIT = "256MiB";
    /** Default of {@code arena.size}. */
    String ARENA_SIZE = "32MiB";
    /** Default of {@code huge.pages}. */
    boolean HUGE_PAGES = true;
    /** Default of {@code shrink.after}. */
    String SHRINK_AFTER = "60s";
    /** Default of {@code leak.detail}. */
    boolean LEAK_DETAIL = false;

    /** {@return how much the pool may hold} */
    @AttributeDefinition(
            name = "Limit of the pool",
            description =
                    "How much memory the pool may hold in all, on lease or not, such as 1GiB. What is pinned of it"
                            + " counts for the limit of pinned memory, too, and goes unpinned beyond that.",
            required = false)
    String limit() default LIMIT;

    /** {@return how much memory is taken at a time} */
    @AttributeDefinition(
            name = "Size of an arena",
            description =
                    "How much memory is taken at a time, a multiple of 2MiB up to 1GiB. Smaller ones are taken where so"
                            + " much can't be pinned, and none that is more than half of what the operating system"
                            + " allows to be locked.",
            required = false)
    String arena_size() default ARENA_SIZE;

    /** {@return whether to ask for huge pages} */
    @AttributeDefinition(
            name = "Huge pages",
            description = "Whether arenas ask the kernel for huge pages, which large transfers profit from.",
            required = false)
    boolean huge_pages() default HUGE_PAGES;

    /** {@return after how long an arena without leases is given back} */
    @AttributeDefinition(
            name = "Give back after",
            description =
                    "After how long an arena of which nothing is on lease goes back to the kernel: a number with ms, s,"
                            + " m or h.",
            required = false)
    String shrink_after() default SHRINK_AFTER;

    /** {@return whether to note where leases are taken} */
    @AttributeDefinition(
            name = "Detail of leaks",
            description =
                    "Whether each lease notes where it was taken, so that the warning of one that was never closed tells"
                            + " it. Costs some microseconds a lease.",
            required = false)
    boolean leak_detail() default LEAK_DETAIL;
}
