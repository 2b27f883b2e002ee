package io.pinion.memory.pool;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * What a lease has of an arena, and how many hold it: its user is one. It refers to the buffer as garbage alone, to learn of
 * a lease that nobody closed: whoever holds the lease reaches the buffer, so that then nobody else holds it.
 *
 * <p>The count is a field and no object of its own: every operation of a queue touches it, and each line of memory that it
 * touches may be in no cache by then.
 */
final class Tenancy extends PhantomReference<ByteBuffer> {
    private static final AtomicIntegerFieldUpdater<Tenancy> USERS =
            AtomicIntegerFieldUpdater.newUpdater(Tenancy.class, "users");

    private final ArenaPool pool;
    private final PoolArena arena;
    private final int page;
    private final int size;
    private final Throwable taken;
    private volatile int users = 1;

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
        int count = users;
        while (count > 0 && !USERS.compareAndSet(this, count, count + 1)) {
            count = users;
        }
        return count > 0;
    }

    /** {@return whether nobody is left} */
    boolean leave() {
        return USERS.decrementAndGet(this) == 0;
    }

    void release() {
        if (leave()) {
            pool.give(this);
        }
    }
}
