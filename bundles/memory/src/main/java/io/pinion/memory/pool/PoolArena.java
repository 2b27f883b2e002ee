package io.pinion.memory.pool;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Pagemap;
import io.pinion.linux.SystemCalls;
import io.pinion.memory.Arena;
import io.pinion.memory.PagePinner;
import io.pinion.memory.Pin;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One arena: mapped for ever, aligned to huge pages and on them if wanted and had, kept from child processes, faulted in, and
 * pinned if that is permitted. Runs and what is said of the memory are guarded by the pool's lock.
 */
final class PoolArena implements Arena {
    /** What comes of pinning an arena. */
    enum Pinning {
        /** It is pinned. */
        DONE,
        /** It exceeds a limit, which a smaller one may not. */
        TOO_LARGE,
        /** It isn't, for a reason that has nothing to do with its size. */
        REFUSED
    }

    /** The size of a huge page on x86-64, and on aarch64 with pages of 4 KiB. */
    static final int UNIT = 2 << 20;

    /** What io_uring_register(2) takes as one buffer. */
    static final long LARGEST = 1L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(PoolArena.class);
    private static final String NO_PINNER = "there is no PagePinner service";
    private static final int ANONYMOUS = Linux.MAP_PRIVATE | Linux.MAP_ANONYMOUS | Linux.MAP_NORESERVE;
    private static final int RETIRING = Integer.MIN_VALUE;

    private final SystemCalls calls;
    private final long address;
    private final int length;
    private final int pageSize;
    private final Consumer<PoolArena> onFree;

    /** How many hold it; with {@link #RETIRING} among the bits nobody may any more. */
    private final AtomicInteger holds = new AtomicInteger();

    private final Runs runs;
    private final AtomicReference<Pin> pin = new AtomicReference<>();
    private volatile String unpinned = NO_PINNER;
    private volatile boolean vacant = true;
    private volatile long hugeBytes;
    private volatile long idleSince;

    private PoolArena(SystemCalls calls, long address, int length, Consumer<PoolArena> onFree) {
        this.calls = calls;
        this.address = address;
        this.length = length;
        this.onFree = onFree;
        pageSize = calls.pageSize();
        runs = new Runs(length / pageSize);
    }

    /**
     * Maps addresses, with nothing behind them yet.
     *
     * @param onFree told by the last of those who held it, when it is retiring
     */
    static PoolArena map(SystemCalls calls, int length, Consumer<PoolArena> onFree) throws StorageException {
        long mapped = calls.mmap(0, (long) length + UNIT, Linux.PROT_READ | Linux.PROT_WRITE, ANONYMOUS, -1, 0);
        if (mapped < 0) {
            throw Errno.failure(
                            "lease",
                            mapped,
                            "an arena of " + length + " bytes; lower limit in " + PoolConfiguration.PID)
                    .build();
        }
        long address = mapped + UNIT - 1 & -(long) UNIT;
        trim(calls, mapped, address);
        trim(calls, address + length, mapped + length + UNIT);
        calls.madvise(address, length, Linux.MADV_DONTFORK);
        return new PoolArena(calls, address, length, onFree);
    }

    private static void trim(SystemCalls calls, long from, long to) {
        if (to > from) {
            calls.munmap(from, to - from);
        }
    }

    /** Puts memory behind the addresses. Takes milliseconds; nobody else knows the arena meanwhile, or it is vacant. */
    void fill(boolean hugePages) throws StorageException {
        calls.madvise(address, length, hugePages ? Linux.MADV_HUGEPAGE : Linux.MADV_NOHUGEPAGE);
        long result = SystemCalls.uninterrupted(() -> calls.madvise(address, length, Linux.MADV_POPULATE_WRITE));
        // EINVAL: before Linux 5.14; the first transfers fault the pages in.
        if (result < 0 && !Errno.EINVAL.is(result)) {
            calls.madvise(address, length, Linux.MADV_DONTNEED);
            throw Errno.failure("lease", result, length + " bytes of memory are not to be had")
                    .build();
        }
        hugeBytes = hugePages ? huge() : 0;
        if (hugePages && hugeBytes < length) {
            // Where it was not had at once; best effort, Linux 6.1.
            calls.madvise(address, length, Linux.MADV_COLLAPSE);
            hugeBytes = huge();
        }
    }

    private long huge() {
        try (Pagemap map = Pagemap.open(calls)) {
            return Math.max(0, map.hugeBytes(address, length));
        }
    }

    /** Pins what is behind the addresses, if it isn't. The caller sees to it that it isn't emptied. */
    Pinning pin(PagePinner pinner) {
        if (pin.get() != null) {
            return Pinning.DONE;
        }
        try {
            Pin got = pinner.pin(calls.buffer(address, length), PagePinner.Access.WRITE, "pool arena");
            if (!pin.compareAndSet(null, got)) {
                got.close();
            }
            return Pinning.DONE;
        } catch (StorageException e) {
            unpinned = e.detail();
            return e.kind() == Kind.MEMORY_LIMIT ? Pinning.TOO_LARGE : Pinning.REFUSED;
        } catch (RuntimeException e) {
            // A failure of someone else's service: the arena does without.
            unpinned = String.valueOf(e.getMessage());
            return Pinning.REFUSED;
        }
    }

    /** It may be cut from now on. */
    void open() {
        idleSince = System.nanoTime();
        holds.set(0);
        vacant = false;
    }

    boolean isPinned() {
        return pin.get() != null;
    }

    /** {@return why it is not pinned} */
    String unpinned() {
        return unpinned;
    }

    long hugeBytes() {
        return hugeBytes;
    }

    int pages(int size) {
        return (int) (((long) size + pageSize - 1) / pageSize);
    }

    /** Takes pages for so many bytes; {@return the number of the first, or -1} */
    int take(int size) {
        if (vacant) {
            return -1;
        }
        int first = runs.take(pages(size));
        if (first >= 0) {
            holds.updateAndGet(count -> count & ~RETIRING);
        }
        return first;
    }

    void give(int first, int size, long now) {
        runs.give(first, pages(size));
        idleSince = now;
    }

    boolean isIdle() {
        return !vacant && runs.isAllFree();
    }

    long idleSince() {
        return idleSince;
    }

    long addressOf(int page) {
        return address + (long) page * pageSize;
    }

    ByteBuffer buffer(int page, int size) {
        return calls.buffer(addressOf(page), size);
    }

    /** Holds it, also when it is retiring, which it then does no more; {@return false when it is vacant} */
    boolean keep() {
        if (!vacant) {
            holds.updateAndGet(count -> (count & ~RETIRING) + 1);
        }
        return !vacant;
    }

    /** Nobody may hold it from now on; {@return whether nobody does} */
    boolean retire() {
        return holds.updateAndGet(count -> count | RETIRING) == RETIRING;
    }

    /** Takes it out of use, if it is retiring still and nobody holds it; {@return whether; then it is to be emptied} */
    boolean vacate() {
        if (vacant || !runs.isAllFree() || holds.get() != RETIRING) {
            return false;
        }
        vacant = true;
        return true;
    }

    /** Gives what is behind the addresses back to the kernel; in this order, because what is locked is not given back. */
    void empty() {
        Pin held = pin.getAndSet(null);
        if (held != null) {
            unpin(held);
        }
        calls.madvise(address, length, Linux.MADV_DONTNEED);
        hugeBytes = 0;
        unpinned = NO_PINNER;
    }

    /** A failure of someone else's service does not keep the arena from the next one that needs it. */
    private static void unpin(Pin held) {
        try {
            held.close();
        } catch (RuntimeException e) {
            LOG.warn("a pin can't be closed; its memory may stay locked", e);
        }
    }

    @Override
    public long address() {
        return address;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public boolean hold() {
        while (true) {
            int count = holds.get();
            if (count < 0) {
                return false;
            }
            if (holds.compareAndSet(count, count + 1)) {
                return true;
            }
        }
    }

    @Override
    public void release() {
        if (holds.decrementAndGet() == RETIRING) {
            onFree.accept(this);
        }
    }

    @Override
    public boolean isRetiring() {
        return holds.get() < 0;
    }
}
