package io.pinion.metrics;

import static io.pinion.metrics.Metric.counter;
import static io.pinion.metrics.Metric.gauge;

import io.pinion.memory.BufferPool;
import io.pinion.memory.PagePinner;
import io.pinion.memory.PoolStatus;
import io.pinion.memory.RegisteredMemory;

/** What is exposed of pinned memory, and of the pool of leased buffers. */
final class MemoryFigures {
    private static final Metric PINNED =
            gauge("pinion_memory_pinned_bytes", "Memory that is pinned now; absent without a service that pins.");
    private static final Metric LIMIT = gauge(
            "pinion_memory_pinned_limit_bytes",
            "How much may be pinned, +Inf for any amount; absent without a service that pins.");
    private static final Metric REGISTERED = gauge(
            "pinion_memory_registered_bytes",
            "Memory that rings have registered, as it is charged, before Linux 6.13 for each ring again; absent without"
                    + " rings.");
    private static final Metric LEASED =
            gauge("pinion_pool_leased_bytes", "Memory on lease now; absent, as all of the pool, without one.");
    private static final Metric HELD = gauge("pinion_pool_held_bytes", "Memory that the pool holds, on lease or not.");
    private static final Metric POOL_LIMIT = gauge("pinion_pool_limit_bytes", "How much the pool may hold.");
    private static final Metric ARENAS = gauge("pinion_pool_arenas", "In how many arenas it holds it.");
    private static final Metric POOL_PINNED = gauge("pinion_pool_pinned_bytes", "How much of it is pinned.");
    private static final Metric WAITING = gauge("pinion_pool_waiting_threads", "Threads that wait for a lease.");
    private static final Metric LEAKS = counter("pinion_pool_leaks", "Leases that were never closed, and found.");

    private MemoryFigures() {}

    static void collect(PagePinner pinner, Exposition into) {
        long limit = pinner.limitBytes();
        into.add(PINNED, pinner.pinnedBytes());
        into.add(LIMIT, limit == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : limit);
    }

    static void collect(RegisteredMemory registered, Exposition into) {
        into.add(REGISTERED, registered.registeredBytes());
    }

    static void collect(BufferPool pool, Exposition into) {
        PoolStatus status = pool.status();
        into.add(LEASED, status.leased());
        into.add(HELD, status.held());
        into.add(POOL_LIMIT, status.limit());
        into.add(ARENAS, status.arenas());
        into.add(POOL_PINNED, status.pinned());
        into.add(WAITING, status.waiting());
        into.add(LEAKS, status.leaks());
    }
}
