package io.pinion.memory.pool;

import io.pinion.linux.SystemCalls;
import io.pinion.memory.PagePinner;
import io.pinion.memory.PoolStatus;
import io.pinion.memory.pool.PoolArena.Pinning;
import io.pinion.strategy.StorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The arenas of a pool: those with memory behind them, and addresses of which the memory was given back, for the next one.
 * What takes long (faulting in, pinning, emptying) is done outside the pool's lock, with an arena that nobody else has.
 */
final class Arenas {
    private final SystemCalls calls;
    private final LongSupplier lockable;
    private final ReentrantLock lock;
    private final Consumer<PoolArena> onFree;
    private final List<PoolArena> open = new CopyOnWriteArrayList<>();
    private final List<PoolArena> vacant = new ArrayList<>();
    private volatile long largest;
    private final AtomicLong held = new AtomicLong();

    /** @param lockable how much may be locked, and as much again registered, in bytes */
    Arenas(SystemCalls calls, LongSupplier lockable, ReentrantLock lock, Consumer<PoolArena> onFree) {
        this.calls = calls;
        this.lockable = lockable;
        this.lock = lock;
        this.onFree = onFree;
        tryLargeOnes();
    }

    /** {@return those that leases may be cut from} */
    Collection<PoolArena> open() {
        return open;
    }

    /** {@return how much memory they have} */
    long held() {
        return held.get();
    }

    /** Reserves memory for an arena that holds so many bytes; {@return how much, 0 when the limit forbids it} With the lock. */
    int reserve(int size, PoolSettings settings) {
        long needed = needed(size);
        long wanted = Math.max(needed, Math.min(settings.arenaSize(), largest));
        if (held.get() + wanted > settings.limit()) {
            wanted = needed;
        }
        if (held.get() + wanted > settings.limit()) {
            return 0;
        }
        held.addAndGet(wanted);
        return (int) wanted;
    }

    /** {@return how much memory an arena has that holds so many bytes, at least} */
    static long needed(int size) {
        return (long) size + PoolArena.UNIT - 1 & -(long) PoolArena.UNIT;
    }

    /** Adds an arena of what was reserved, or of less where so much can't be pinned. Without the lock. */
    void add(int reserved, int size, PoolSettings settings, PagePinner pinner) throws StorageException {
        PoolArena arena = null;
        int length = reserved;
        try {
            while (arena == null) {
                PoolArena filled = fill(length, settings);
                int smaller = (int) Math.max(needed(size), length / 2 & -(long) PoolArena.UNIT);
                if (pinner == null || filled.pin(pinner) != Pinning.TOO_LARGE || smaller == length) {
                    arena = filled;
                } else {
                    filled.empty();
                    putAside(filled);
                    length = smaller;
                    largest = smaller;
                }
            }
        } finally {
            settle(arena, reserved, length);
        }
    }

    private PoolArena fill(int length, PoolSettings settings) throws StorageException {
        PoolArena arena = take(length);
        if (arena == null) {
            arena = PoolArena.map(calls, length, onFree);
        }
        try {
            arena.fill(settings.hugePages());
            return arena;
        } catch (StorageException e) {
            putAside(arena);
            throw e;
        }
    }

    private PoolArena take(int length) {
        lock.lock();
        try {
            for (PoolArena arena : vacant) {
                if (arena.length() == length) {
                    vacant.remove(arena);
                    return arena;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void putAside(PoolArena arena) {
        lock.lock();
        try {
            vacant.add(arena);
        } finally {
            lock.unlock();
        }
    }

    private void settle(PoolArena arena, int reserved, int length) {
        lock.lock();
        try {
            held.addAndGet(arena == null ? -reserved : length - reserved);
            if (arena != null) {
                arena.open();
                open.add(arena);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Retires those that have been idle for so long, and empties those that nobody holds. Without the lock. */
    void retire(long now, long age) {
        List<PoolArena> free;
        lock.lock();
        try {
            free = retired(open.stream().filter(arena -> arena.isIdle() && now - arena.idleSince() >= age));
        } finally {
            lock.unlock();
        }
        empty(free);
    }

    /**
     * Retires idle ones when without them there is room for a lease of that size: they are too small for it, and in its
     * way. Without the lock.
     *
     * @return whether any was emptied; those that somebody holds are as soon as they are released
     */
    boolean makeRoom(int size, PoolSettings settings) {
        List<PoolArena> free;
        lock.lock();
        try {
            List<PoolArena> idle = new ArrayList<>();
            long over = held.get() + needed(size) - settings.limit();
            for (PoolArena arena : open) {
                if (over > 0 && arena.isIdle()) {
                    idle.add(arena);
                    over -= arena.length();
                }
            }
            if (over > 0) {
                return false;
            }
            free = retired(idle.stream());
        } finally {
            lock.unlock();
        }
        empty(free);
        return !free.isEmpty();
    }

    /** Has them retire; {@return those that nobody holds} */
    private static List<PoolArena> retired(Stream<PoolArena> idle) {
        return idle.filter(PoolArena::retire).toList();
    }

    /** Gives back the memory of those that are retiring and that nobody holds. Without the lock. */
    void empty(Collection<PoolArena> free) {
        for (PoolArena arena : free) {
            if (vacate(arena)) {
                arena.empty();
                lock.lock();
                try {
                    held.addAndGet(-arena.length());
                    vacant.add(arena);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private boolean vacate(PoolArena arena) {
        lock.lock();
        try {
            return arena.vacate() && open.remove(arena);
        } finally {
            lock.unlock();
        }
    }

    boolean isAnyIdle() {
        return open.stream().anyMatch(PoolArena::isIdle);
    }

    /** Pins those that are not, each held meanwhile, so that nobody empties it. */
    void pinAll(PagePinner pinner) {
        for (PoolArena arena : open) {
            if (keep(arena)) {
                try {
                    arena.pin(pinner);
                } finally {
                    arena.release();
                }
            }
        }
    }

    private boolean keep(PoolArena arena) {
        lock.lock();
        try {
            return arena.keep();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What could not be pinned before may be by now. An arena is at most half of what may be locked: one that is all of it
     * no ring can register, which is charged for itself to the same limit, and nobody else could pin anything.
     */
    void tryLargeOnes() {
        largest = Math.max(PoolArena.UNIT, lockable.getAsLong() / 2 & -(long) PoolArena.UNIT);
    }

    /** {@return what there is} */
    PoolStatus status(long leased, long limit, int waiting, long leaks) {
        long all = 0;
        long huge = 0;
        long pinned = 0;
        int count = 0;
        String unpinned = "";
        for (PoolArena arena : open) {
            count++;
            all += arena.length();
            huge += arena.hugeBytes();
            pinned += arena.isPinned() ? arena.length() : 0;
            unpinned = arena.isPinned() ? unpinned : arena.unpinned();
        }
        return PoolStatus.builder()
                .leased(leased)
                .held(all)
                .limit(limit)
                .arenas(count)
                .huge(huge)
                .pinned(pinned)
                .unpinned(unpinned)
                .waiting(waiting)
                .leaks(leaks)
                .build();
    }
}
