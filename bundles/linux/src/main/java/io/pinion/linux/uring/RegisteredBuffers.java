package io.pinion.linux.uring;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

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

    private final RingCalls kernel;
    private final int slots;

    /** A struct io_uring_rsrc_update2, whose second word leads to the struct iovec behind it. */
    private final ByteBuffer update = ByteBuffer.allocateDirect(UPDATE + VECTOR).order(ByteOrder.nativeOrder());

    private RegisteredBuffers(RingCalls kernel, int slots) {
        this.kernel = kernel;
        this.slots = slots;
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
                ? RingFailure.memory(kernel.all(), "register buffer", result, what)
                : RingFailure.call("register buffer", result);
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
    }

    /** With nothing in flight the pages are let go of at once; without this, some time after the ring is closed. */
    void release() {
        if (slots > 0) {
            kernel.register(Linux.IORING_UNREGISTER_BUFFERS);
        }
    }
}
