package io.pinion.linux.uring;

import io.pinion.linux.Linux;
import io.pinion.strategy.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The files that a ring knows by number (io_uring_register(2), IORING_REGISTER_FILES): an operation on one, prepared with
 * IOSQE_FIXED_FILE, costs the kernel no look-up. The ring holds what is registered open until it is replaced, cleared, or
 * the ring is closed and idle; the descriptor itself may be closed at once.
 *
 * <p>Threads are those of the ring.
 */
public final class RegisteredFiles {
    private static final int NONE = -1;
    private static final int UPDATE = 16;

    private final RingCalls kernel;
    private final int slots;

    /** A struct io_uring_rsrc_update, whose last word leads to the descriptor behind it. */
    private final ByteBuffer update =
            ByteBuffer.allocateDirect(UPDATE + Integer.BYTES).order(ByteOrder.nativeOrder());

    private RegisteredFiles(RingCalls kernel, int slots) {
        this.kernel = kernel;
        this.slots = slots;
        update.putLong(8, kernel.all().address(update) + UPDATE);
    }

    /** Makes a table of so many empty slots, and behind them one that holds the descriptor given here. */
    static RegisteredFiles register(RingCalls kernel, int slots, int last) throws StorageException {
        ByteBuffer table =
                ByteBuffer.allocateDirect((slots + 1) * Integer.BYTES).order(ByteOrder.nativeOrder());
        for (int slot = 0; slot < slots; slot++) {
            table.putInt(slot * Integer.BYTES, NONE);
        }
        table.putInt(slots * Integer.BYTES, last);
        long result = kernel.register(Linux.IORING_REGISTER_FILES, table, slots + 1);
        if (result < 0) {
            throw RingFailure.call("register files", result);
        }
        return new RegisteredFiles(kernel, slots);
    }

    /** {@return how many files can be registered} */
    public int slots() {
        return slots;
    }

    /**
     * Registers a file, in place of what the slot held; operations in flight go on with that.
     *
     * @param slot from 0 on; what an operation with IOSQE_FIXED_FILE gives as its file
     * @throws StorageException with the errno of io_uring_register(2), such as EBADF; kinds {@code WRONG_THREAD} and
     *     {@code CLOSED}
     */
    public void set(int slot, int descriptor) throws StorageException {
        Objects.checkIndex(slot, slots);
        kernel.requireOpen("register file");
        update.putInt(0, slot).putInt(UPDATE, descriptor);
        long result = kernel.register(Linux.IORING_REGISTER_FILES_UPDATE, update, 1);
        if (result < 0) {
            throw RingFailure.call("register file", result);
        }
    }

    /**
     * Empties a slot; operations in flight go on.
     *
     * @throws StorageException as {@link #set}
     */
    public void clear(int slot) throws StorageException {
        set(slot, NONE);
    }

    /** With nothing in flight the files are let go of at once; without this, some time after the ring is closed. */
    void release() {
        kernel.register(Linux.IORING_UNREGISTER_FILES);
    }
}
