package io.pinion.memory.pool;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a lease has of an arena, and how many hold it: its user is one. It refers to the buffer as garbage alone, to learn of
 * a lease that nobody closed: whoever holds the lease reaches the buffer, so that then nobody else holds it.
 */
final class Tenancy extends PhantomReference<ByteBuffer> {
    private final ArenaPool pool;
    private final PoolArena arena;
    private final int page;
    private final int size;
    private final Throwable taken;
    private final AtomicInteger users = new AtomicInteger(1);

    /** @param taken where it was taken; null where that isn't noted */
    Tenancy(
            ArenaPool pool,
            ByteBuffer buffer,
            ReferenceQueue<ByteBuffer> garbage,
            PoolArena arena,
            int page,
            Throwable taken) {
        super(buffer, garbage);
        this.pool = pool;
        this.arena = arena;
        this.page = page;
        this.taken = taken;
        size = buffer.capacity();
    }

    PoolArena arena() {
        return arena;
    }

    int page() {
        return page;
    }

    int size() {
        return size;
    }

    /** {@return the note of where it was taken, as the cause to log; may be null} */
    Throwable taken() {
        return taken;
    }

    boolean hold() {
        return users.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /** {@return whether nobody is left} */
    boolean leave() {
        return users.decrementAndGet() == 0;
    }

    void release() {
        if (leave()) {
            pool.give(this);
        }
    }
}
