package io.pinion.memory.pool;

import io.pinion.linux.SystemCalls;
import io.pinion.memory.BufferLease;
import io.pinion.memory.BufferPool;
import io.pinion.memory.PagePinner;
import io.pinion.memory.PoolStatus;
import io.pinion.memory.mlock.Bytes;
import io.pinion.memory.mlock.ProcessStatus;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The pool: leases are runs of pages of arenas, which are taken as they are needed, pinned while a {@link PagePinner} is
 * there, and given back when nothing of them was on lease for a while. Leases outlive the service.
 */
@Component(service = BufferPool.class, configurationPid = PoolConfiguration.PID)
@Designate(ocd = PoolConfiguration.class)
public final class ArenaPool implements BufferPool {
    private static final String LEASE = "lease";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();
    private final AtomicReference<PagePinner> pinner = new AtomicReference<>();
    private final Arenas arenas;
    private final Leaks leaks = new Leaks();
    private final Idling idling = new Idling(this::shrink);
    private volatile PoolSettings settings;
    private volatile boolean stopped;
    private long leased;
    private int waiting;

    /** Started by the component runtime. */
    @Activate
    public ArenaPool(@Reference SystemCalls calls, Map<String, Object> properties) {
        this(calls, PoolSettings.DEFAULT.configured(properties), new ProcessStatus(calls)::limit);
    }

    /** The pool as it comes, for a host without a container. */
    public ArenaPool(SystemCalls calls) {
        this(calls, PoolSettings.DEFAULT, new ProcessStatus(calls)::limit);
    }

    ArenaPool(SystemCalls calls, PoolSettings settings, LongSupplier lockable) {
        this.settings = settings;
        arenas = new Arenas(calls, lockable, lock, this::freed);
    }

    /** Takes new settings; what is on lease stays so. A bad configuration changes nothing, and is logged. */
    @Modified
    void modified(Map<String, Object> properties) {
        settings = settings.configured(properties);
        arenas.tryLargeOnes();
    }

    /** Pins what there is, too. */
    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void bindPinner(PagePinner arrived) {
        pinner.set(arrived);
        arenas.tryLargeOnes();
        arenas.pinAll(arrived);
    }

    /** What it pinned stays pinned. A better one may have come first. */
    public void unbindPinner(PagePinner left) {
        pinner.compareAndSet(left, null);
    }

    /** Leases that are out stay as they are; what nobody has is given back now, and the rest when it comes. */
    @Deactivate
    public void stop() {
        stopped = true;
        idling.stop();
        shrink();
    }

    @Override
    public BufferLease lease(int size) throws StorageException {
        return lease(size, 0);
    }

    @Override
    public BufferLease lease(int size, long timeoutNanos) throws StorageException {
        if (size <= 0 || size > PoolArena.LARGEST) {
            String detail = "size=" + size + "; allowed: 1 to " + PoolArena.LARGEST;
            throw StorageException.of(Kind.INVALID_ARGUMENT, LEASE, detail).build();
        }
        long start = System.nanoTime();
        boolean isFull = false;
        while (true) {
            leaks.collect(this::give);
            int reserved;
            lock.lock();
            try {
                BufferLease lease = cut(size);
                if (lease != null) {
                    return lease;
                }
                reserved = arenas.reserve(size, settings);
                if (reserved == 0) {
                    requireRoom(size, settings.limit());
                }
                if (reserved == 0 && isFull) {
                    await(size, timeoutNanos, timeoutNanos - (System.nanoTime() - start));
                }
            } finally {
                lock.unlock();
            }
            if (reserved > 0) {
                grow(reserved, size);
            } else {
                isFull = !isFull && !arenas.makeRoom(size, settings);
            }
        }
    }

    private void grow(int reserved, int size) throws StorageException {
        PagePinner present = pinner.get();
        arenas.add(reserved, size, settings, present);
        PagePinner now = pinner.get();
        if (now != null && now != present) {
            // It came meanwhile, and may not have seen the arena.
            arenas.pinAll(now);
        }
        // Another thread may have come back with what this one wanted, so that nobody needs the arena.
        idling.lookAfter(settings.shrinkNanos());
    }

    private BufferLease cut(int size) {
        for (PoolArena arena : arenas.open()) {
            int page = arena.take(size);
            if (page >= 0) {
                leased += size;
                var buffer = arena.buffer(page, size);
                Tenancy tenancy = leaks.watch(this, buffer, arena, page, settings.leakDetail());
                return new PooledLease(tenancy, buffer, arena.addressOf(page));
            }
        }
        return null;
    }

    /** No lease that is closed makes room for what an empty pool has none for: that is not waited for. */
    private static void requireRoom(int size, long limit) throws StorageException {
        long needed = Arenas.needed(size);
        if (needed > limit) {
            String detail = size + " bytes exceed the limit even of an empty pool: they take an arena of "
                    + Bytes.text(needed) + ", limit=" + Bytes.text(limit) + "; lease less, or raise limit in "
                    + PoolConfiguration.PID;
            throw StorageException.of(Kind.MEMORY_LIMIT, LEASE, detail).build();
        }
    }

    private void await(int size, long timeout, long left) throws StorageException {
        if (left <= 0) {
            String detail = size + " bytes exceed the limit: leased " + Bytes.text(leased) + ", held "
                    + Bytes.text(arenas.held()) + ", limit=" + Bytes.text(settings.limit())
                    + "; close leases, or raise limit in " + PoolConfiguration.PID;
            throw StorageException.of(timeout > 0 ? Kind.TIMEOUT : Kind.MEMORY_LIMIT, LEASE, detail)
                    .build();
        }
        waiting++;
        try {
            given.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StorageException.of(Kind.INTERRUPTED, LEASE, "interrupted while waiting for " + size + " bytes")
                    .cause(e)
                    .build();
        } finally {
            waiting--;
        }
    }

    /** Takes back what a lease had. Any thread. */
    void give(Tenancy tenancy) {
        leaks.forget(tenancy);
        lock.lock();
        try {
            tenancy.arena().give(tenancy.page(), tenancy.size(), System.nanoTime());
            leased -= tenancy.size();
            given.signalAll();
        } finally {
            lock.unlock();
        }
        if (stopped) {
            shrink();
        } else if (tenancy.arena().isIdle()) {
            idling.lookAfter(settings.shrinkNanos());
        }
    }

    /** Called by the last of those who held an arena that is retiring. */
    private void freed(PoolArena arena) {
        arenas.empty(List.of(arena));
        signal();
    }

    private void shrink() {
        long age = stopped ? 0 : settings.shrinkNanos();
        arenas.retire(System.nanoTime(), age);
        signal();
        if (!stopped && arenas.isAnyIdle()) {
            idling.lookAfter(age);
        }
    }

    private void signal() {
        lock.lock();
        try {
            given.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long leasedBytes() {
        lock.lock();
        try {
            return leased;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long limitBytes() {
        return settings.limit();
    }

    /** Looks for leaks as well: who leases nothing more would not hear of them. */
    @Override
    public PoolStatus status() {
        leaks.collect(this::give);
        lock.lock();
        try {
            return arenas.status(leased, settings.limit(), waiting, leaks.count());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<String> notes() {
        return PoolNotes.of(status(), settings.hugePages());
    }
}
