package io.pinion.linux.uring;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.Pagemap;
import io.pinion.linux.SystemCalls;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that a ring knows by number (io_uring_register(2), IORING_REGISTER_BUFFERS2): its pages are looked up and
 * pinned once, not by each operation. The kernel goes on with those pages whatever is mapped at the address later: whoever
 * gives the memory back, or lets the kernel do so (MADV_DONTNEED), clears its slot first.
 *
 * <p>Threads are those of the ring.
 */
public final class RegisteredBuffers {
    private static final int UPDATE = 32;
    private static final int VECTOR = 16;
    private static final int CLONE = 32;

    /** Of the process, because the kernel counts for it; here, so that nothing more need be loaded when a ring is closed. */
    private static final AtomicLong IN_ALL_RINGS = new AtomicLong();

    private final RingCalls kernel;
    private final int slots;
    private final long[] charges;

    /** Taken by whoever finds first that the kernel has let go of all. */
    private final AtomicLong charged = new AtomicLong();

    /** A struct io_uring_rsrc_update2, whose second word leads to the struct iovec behind it. */
    private final ByteBuffer update = ByteBuffer.allocateDirect(UPDATE + VECTOR).order(ByteOrder.nativeOrder());

    private RegisteredBuffers(RingCalls kernel, int slots) {
        this.kernel = kernel;
        this.slots = slots;
        charges = new long[slots];
        update.putLong(8, kernel.all().address(update) + UPDATE).putInt(24, 1);
    }

    /** Makes a table of so many empty slots; of none where the kernel has no such tables. */
    static RegisteredBuffers register(RingCalls kernel, int slots) throws StorageException {
        if (slots == 0) {
            return new RegisteredBuffers(kernel, 0);
        }
        // A struct io_uring_rsrc_register.
        ByteBuffer table = ByteBuffer.allocateDirect(UPDATE).order(ByteOrder.nativeOrder());
        table.putInt(0, slots).putInt(4, Linux.IORING_RSRC_REGISTER_SPARSE);
        long result = kernel.register(Linux.IORING_REGISTER_BUFFERS2, table, UPDATE);
        if (Errno.EINVAL.is(result)) {
            return new RegisteredBuffers(kernel, 0);
        }
        if (result < 0) {
            throw failure(kernel, result, "a table of " + slots + " buffers");
        }
        return new RegisteredBuffers(kernel, slots);
    }

    private static StorageException failure(RingCalls kernel, long result, String what) {
        return Errno.ENOMEM.is(result)
                ? RingFailure.memory(kernel.all(), "register buffer", result, what, "register less")
                : RingFailure.call("register buffer", result);
    }

    /**
     * {@return how many bytes all rings of this process have registered, as the kernel charges them (VmPin,
     * proc_pid_status(5)): whole pages, huge ones as they are, for each ring again that did not clone them} Any thread. A
     * huge page that several slots of a ring have parts of, one after the other included, counts for each; the kernel
     * charges the first.
     */
    public static long inAllRings() {
        return IN_ALL_RINGS.get();
    }

    /** {@return the system calls of the ring} */
    SystemCalls calls() {
        return kernel.all();
    }

    /** {@return how many buffers can be registered; 0 before Linux 5.19, whatever was asked for} */
    public int slots() {
        return slots;
    }

    /**
     * Registers memory, in place of what the slot held; operations in flight go on with that.
     *
     * @param slot from 0 on; what {@link RingEntries#readFixed} and {@link RingEntries#writeFixed} give as their buffer
     * @param address where it begins; anonymous memory, mapped and writable until the slot is cleared
     * @param length in bytes, at most 1 GiB. What is charged to RLIMIT_MEMLOCK is whole pages, and huge ones as they are
     * @throws StorageException kind {@code MEMORY_LIMIT} when more than RLIMIT_MEMLOCK would be locked;
     *     {@code NO_RESOURCES} when the kernel has no memory; {@code WRONG_THREAD}; {@code CLOSED}; else with the errno of
     *     io_uring_register(2), such as EFAULT
     */
    public void set(int slot, long address, long length) throws StorageException {
        if (slots == 0) {
            throw StorageException.of(
                            Kind.UNSUPPORTED,
                            "register buffer",
                            "the ring has no slots for it; needs Linux 5.19 or newer")
                    .build();
        }
        update(slot, address, length);
    }

    /**
     * Has a slot share what another ring registered, in place of what it held (IORING_REGISTER_CLONE_BUFFERS). Nothing more
     * is charged; so whoever has it done clears this slot before the source's, for the sake of what is counted.
     *
     * @param slot behind all that are in use: kernels from 6.13 on, without a correction of late 2025, empty those behind it
     * @param source of a ring that is not owner-bound, and that nobody closes or clears meanwhile
     * @param from its slot; may be an empty one
     * @throws StorageException with the errno of io_uring_register(2), EINVAL before Linux 6.13; kinds {@code WRONG_THREAD}
     *     and {@code CLOSED}
     */
    void share(int slot, RegisteredBuffers source, int from) throws StorageException {
        Objects.checkIndex(slot, slots);
        kernel.requireOpen("share buffer");
        // A struct io_uring_clone_buffers.
        ByteBuffer clone = ByteBuffer.allocateDirect(CLONE).order(ByteOrder.nativeOrder());
        clone.putInt(0, source.kernel.descriptor()).putInt(4, Linux.IORING_REGISTER_DST_REPLACE);
        clone.putInt(8, from).putInt(12, slot).putInt(16, 1);
        long result = kernel.register(Linux.IORING_REGISTER_CLONE_BUFFERS, clone, 1);
        if (result < 0) {
            throw RingFailure.call("share buffer", result);
        }
        charge(slot, 0);
    }

    /**
     * Empties a slot. The pages are let go of when the last operation on them is done.
     *
     * @throws StorageException kinds {@code WRONG_THREAD} and {@code CLOSED}
     */
    public void clear(int slot) throws StorageException {
        update(slot, 0, 0);
    }

    private void update(int slot, long address, long length) throws StorageException {
        Objects.checkIndex(slot, slots);
        kernel.requireOpen("register buffer");
        update.putInt(0, slot).putLong(UPDATE, address).putLong(UPDATE + 8, length);
        long result = kernel.register(Linux.IORING_REGISTER_BUFFERS_UPDATE, update, UPDATE);
        if (result < 0) {
            throw failure(kernel, result, length / 1024 + " KiB");
        }
        charge(slot, length == 0 ? 0 : charge(kernel.all(), address, length));
    }

    private void charge(int slot, long bytes) {
        long more = bytes - charges[slot];
        charges[slot] = bytes;
        charged.addAndGet(more);
        IN_ALL_RINGS.addAndGet(more);
    }

    private static long charge(SystemCalls calls, long address, long length) {
        long page = calls.pageSize();
        long huge = page / Long.BYTES * page;
        long from = address & -page;
        long to = address + length + page - 1 & -page;
        if (((from | to) & huge - 1) == 0) {
            return to - from;
        }
        try (Pagemap map = Pagemap.open(calls)) {
            from = isHuge(map, from & -huge, huge) ? from & -huge : from;
            return (isHuge(map, to - 1 & -huge, huge) ? to + huge - 1 & -huge : to) - from;
        }
    }

    private static boolean isHuge(Pagemap map, long address, long huge) {
        return map.hugeBytes(address, huge) == huge;
    }

    /** Counts nothing of this ring any more: the kernel has let go of it. Any thread. */
    void uncount() {
        IN_ALL_RINGS.addAndGet(-charged.getAndSet(0));
    }

    /** With nothing in flight the pages are let go of at once; without this, some time after the ring is closed. */
    void release() {
        if (slots > 0) {
            kernel.register(Linux.IORING_UNREGISTER_BUFFERS);
            uncount();
        }
    }
}
