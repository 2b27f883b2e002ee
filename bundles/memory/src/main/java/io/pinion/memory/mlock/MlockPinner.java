package io.pinion.memory.mlock;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.memory.PagePinner;
import io.pinion.memory.Pin;
import io.pinion.memory.PinStatus;
import io.pinion.memory.PinTotals;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Pins by mlock(2): the pages stay in memory, and are faulted in. Within the limit of the operating system, or a lower one
 * that is configured. Pins and limit outlive the service: its next instance counts and keeps them.
 *
 * <p>Nothing is said to the kernel of child processes (MADV_DONTFORK): a region shares its first and last page with memory
 * that a child may need. Whoever pins memory of its own does that itself.
 */
public final class MlockPinner implements PagePinner {
    private static final String OPERATION = "pin";
    private static final String RAISE_LIMIT = "raise it with LimitMEMLOCK= or ulimit -l";
    private static final String ALLOW = "a seccomp filter or a security module denies it: allow mlock there";

    private final SystemCalls calls;
    private final String user;
    private final LockedPages locked;
    private final ProcessStatus status;

    /**
     * Pins for somebody, and counts with all others of the process.
     *
     * @param user who they are, for {@link PinStatus#owner()}
     */
    public MlockPinner(SystemCalls calls, String user) {
        this(calls, user, LockedPages.OF_PROCESS, new ProcessStatus(calls));
    }

    MlockPinner(SystemCalls calls, String user, LockedPages locked, ProcessStatus status) {
        this.calls = calls;
        this.user = user;
        this.locked = locked;
        this.status = status;
    }

    /**
     * Takes a configuration in a host without a container; in one {@code io.pinion.memory} is it. A bad one changes nothing,
     * and is logged.
     *
     * @param properties those of {@code io.pinion.memory}; a limit is that of the process, for whomever it is pinned
     */
    public void configure(Map<String, ?> properties) {
        PinLimit.configure(locked, properties);
    }

    @Override
    public Pin pin(ByteBuffer region, Access access) throws StorageException {
        return pinFor(user, region, access);
    }

    @Override
    public Pin pin(ByteBuffer region, Access access, String purpose) throws StorageException {
        return pinFor(user + ": " + purpose, region, access);
    }

    private Pin pinFor(String owner, ByteBuffer region, Access access) throws StorageException {
        check(region, access);
        long page = calls.pageSize();
        long start = calls.address(region) + region.position();
        long from = start & -page;
        long to = start + region.remaining() + page - 1 & -page;
        long result = locked.add(calls, from, to, locked.limit());
        if (result != 0) {
            throw refused(result, to - from);
        }
        if (access == Access.WRITE && !isWritable(from, to)) {
            locked.remove(calls, from, to);
            throw invalid("the region can't be written: allowed: memory that is mapped for reading and writing");
        }
        MlockPin pin = new MlockPin(calls, locked, region, from, to, owner);
        locked.hold(pin);
        return pin;
    }

    private static void check(ByteBuffer region, Access access) throws StorageException {
        if (!region.isDirect()) {
            throw invalid(
                    "a heap buffer moves in memory; allowed: ByteBuffer.allocateDirect, a lease, a mapped buffer");
        }
        if (!region.hasRemaining()) {
            throw invalid("the region is empty: position=" + region.position() + ", limit=" + region.limit());
        }
        if (access == Access.WRITE && region.isReadOnly()) {
            throw invalid("the buffer is read-only and access=" + access + "; pass one that can be written");
        }
    }

    /** Makes every page writable and private now. mlock(2) alone does not where a page is shared. */
    private boolean isWritable(long from, long to) {
        long result = SystemCalls.uninterrupted(() -> calls.madvise(from, to - from, Linux.MADV_POPULATE_WRITE));
        // EINVAL is said of memory that can't be written, and by kernels before 5.14, to reading as well.
        return result == 0
                || Errno.EINVAL.is(result)
                        && Errno.EINVAL.is(SystemCalls.uninterrupted(
                                () -> calls.madvise(from, to - from, Linux.MADV_POPULATE_READ)));
    }

    private StorageException refused(long result, long requested) {
        if (result == LockedPages.OVER_LIMIT) {
            String detail = Bytes.text(requested) + " exceed the limit: pinned " + Bytes.text(locked.bytes())
                    + ", limit=" + Bytes.text(locked.limit()) + "; raise limit in io.pinion.memory";
            return StorageException.of(Kind.MEMORY_LIMIT, OPERATION, detail).build();
        }
        long in = status.locked();
        long limit = status.resourceLimit();
        String failed = "mlock of " + Bytes.text(requested) + " failed: " + name(result) + "; locked " + Bytes.text(in)
                + ", RLIMIT_MEMLOCK=" + Bytes.text(limit);
        // mlock(2) itself has EPERM for a limit of 0 alone.
        if (Errno.EPERM.is(result) && limit == 0 || Errno.ENOMEM.is(result) && requested > limit - in) {
            return failure(Kind.MEMORY_LIMIT, result, failed + "; " + RAISE_LIMIT);
        }
        return Errno.EPERM.is(result)
                ? failure(Kind.ACCESS_DENIED, result, failed + "; " + ALLOW)
                : failure(Kind.NO_RESOURCES, result, failed + "; memory or mappings (vm.max_map_count) are scarce");
    }

    private static StorageException failure(Kind kind, long result, String detail) {
        return StorageException.of(kind, OPERATION, detail).errno((int) -result).build();
    }

    private static String name(long result) {
        return Errno.of(result).map(Enum::name).orElse("errno " + -result);
    }

    private static StorageException invalid(String detail) {
        return StorageException.of(Kind.INVALID_ARGUMENT, OPERATION, detail).build();
    }

    @Override
    public List<PinStatus> pins() {
        return locked.held().stream()
                .map(MlockPin::status)
                .sorted(Comparator.comparing(PinStatus::since))
                .toList();
    }

    @Override
    public PinTotals totals() {
        PinTotals.Builder totals = PinTotals.builder(locked.bytes(), locked.limit())
                .resourceLimit(status.resourceLimit(), status.isPrivileged());
        status.bytes("VmLck").ifPresent(totals::locked);
        status.bytes("VmPin").ifPresent(totals::registered);
        return totals.build();
    }

    @Override
    public long pinnedBytes() {
        return locked.bytes();
    }

    @Override
    public long limitBytes() {
        return Math.min(locked.limit(), status.limit());
    }
}
