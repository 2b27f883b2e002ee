package io.pinion.memory.pool;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds leases that nobody closed and nobody can close any more. */
final class Leaks {
    private static final Logger LOG = LoggerFactory.getLogger(Leaks.class);

    private final ReferenceQueue<ByteBuffer> garbage = new ReferenceQueue<>();
    private final Set<Tenancy> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong count = new AtomicLong();

    Tenancy watch(ArenaPool pool, ByteBuffer buffer, PoolArena arena, int page, boolean detail) {
        Throwable taken = detail ? new Throwable("taken here") : null;
        Tenancy tenancy = new Tenancy(pool, buffer, garbage, arena, page, taken);
        open.add(tenancy);
        return tenancy;
    }

    void forget(Tenancy tenancy) {
        open.remove(tenancy);
        tenancy.clear();
    }

    /** Has what was leaked taken back, and warns of it. */
    void collect(Consumer<Tenancy> taker) {
        for (Reference<?> found = garbage.poll(); found != null; found = garbage.poll()) {
            Tenancy tenancy = (Tenancy) found;
            if (open.contains(tenancy) && tenancy.leave()) {
                count.incrementAndGet();
                LOG.warn(
                        "a lease of {} bytes was never closed{}",
                        tenancy.size(),
                        tenancy.taken() == null
                                ? "; set leak.detail in " + PoolConfiguration.PID + " to learn where"
                                : "",
                        tenancy.taken());
                taker.accept(tenancy);
            }
        }
    }

    /** {@return how many were found} */
    long count() {
        return count.get();
    }
}
