package io.pinion.linux.uring;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.memory.BufferLease;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;

/** Puts the operations of a {@link RingQueue} on its ring: from and to registered memory where that is had. */
final class Straight {
    private static final int FIXED = Linux.IOSQE_FIXED_FILE;

    private final SystemCalls calls;
    private final RingEntries entries;
    private final QueueSlots slots;
    private final QueuedTransfers transfers;
    private final RegisteredArenas arenas;

    Straight(SystemCalls calls, IoUring ring, QueueSlots slots, QueuedTransfers transfers) {
        this.calls = calls;
        this.slots = slots;
        this.transfers = transfers;
        entries = ring.prepare();
        arenas = new RegisteredArenas(ring.buffers(), ArenaSource.OF_ALL_RINGS);
    }

    /** {@return what the driver admits the operation with} See {@link QueuedTransfers#admit}. */
    int admit(QueueSlot slot) {
        return slot.length > 0 && slot.buffer.isDirect()
                ? transfers.admit(
                        slot.number,
                        slot.operation == QueueSlot.WRITE,
                        slot.buffer,
                        slot.index,
                        slot.length,
                        slot.position,
                        slot.flags)
                : QueuedTransfers.ASIDE;
    }

    /** Prepares a transfer that was admitted. */
    void prepare(QueueSlot slot, BufferLease lease, int admission) {
        boolean writing = slot.operation == QueueSlot.WRITE;
        int index = slot.index;
        int length = slot.length;
        long position = slot.position;
        TransferFlags flags = slot.flags;
        long userData = slots.begin(slot, admission);
        int file = writing && flags.contains(TransferFlags.DURABLE) ? QueueFiles.DURABLE : QueueFiles.PLAIN;
        int rwFlags = transfers.rwFlags(writing, length, position, flags);
        slot.rwFlags = rwFlags;
        if (lease == null) {
            prepare(writing, file, calls.address(slot.buffer) + index, length, position, rwFlags, userData);
        } else {
            int registered = arenas.slotOf(lease.arena());
            prepare(writing, file, registered, lease.address() + index, length, position, rwFlags, userData);
        }
    }

    private void prepare(
            boolean writing, int file, long address, int length, long position, int rwFlags, long userData) {
        if (writing) {
            entries.write(file, address, length, position, rwFlags, FIXED, userData);
        } else {
            entries.read(file, address, length, position, rwFlags, FIXED, userData);
        }
    }

    private void prepare(
            boolean writing,
            int file,
            int registered,
            long address,
            int length,
            long position,
            int rwFlags,
            long userData) {
        if (registered == RegisteredArenas.NOT_REGISTERED) {
            transfers.unregistered();
            prepare(writing, file, address, length, position, rwFlags, userData);
        } else if (writing) {
            entries.writeFixed(file, registered, address, length, position, rwFlags, FIXED, userData);
        } else {
            entries.readFixed(file, registered, address, length, position, rwFlags, FIXED, userData);
        }
    }

    void prepareFlush(QueueSlot slot) {
        transfers.flushing();
        entries.fdatasync(QueueFiles.PLAIN, FIXED, slots.begin(slot, QueuedTransfers.FREELY));
    }

    /** Prepares to cancel what a slot has on the ring. */
    void prepareCancel(QueueSlot slot, long userData) {
        entries.cancel(slot.userData(), userData);
    }

    /** Prepares to take note of what was done aside. */
    void prepareWake(int counter, long countedAt, long userData) {
        entries.read(counter, countedAt, Long.BYTES, -1, 0, 0, userData);
    }

    /** Lets go of memory that is to be given back. */
    void dropRetiring() throws StorageException {
        arenas.dropRetiring();
    }

    /** Lets go of all memory, of a ring that is no more. */
    void release() {
        arenas.releaseAll();
    }

    /** {@return why operations with leases do not go from and to registered memory; empty where they do} */
    String refusal() {
        return arenas.refusal();
    }
}
