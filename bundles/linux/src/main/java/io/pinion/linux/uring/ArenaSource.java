package io.pinion.linux.uring;

import io.pinion.linux.Errno;
import io.pinion.memory.Arena;
import io.pinion.strategy.StorageException;
import java.util.Arrays;

/**
 * Where rings have arenas from that are registered once for all of them: a ring of its own, without operations, that is there
 * as long as any is lent. The kernel looks up the pages once, and charges them once. Needs Linux 6.13; see
 * docs/decisions/0019.
 *
 * <p>Who has an arena lent holds it from before {@link #lend} until after {@link #giveBack}: so it is not held here, and the
 * last ring that lets go of one has it unregistered here before the pool hears of it.
 *
 * <p>Safe for any thread. One waits while another registers, for milliseconds.
 */
final class ArenaSource {
    /** Of the process, as what is charged. */
    static final ArenaSource OF_ALL_RINGS = new ArenaSource();

    private static final RingOptions OPTIONS =
            RingOptions.entries(1).files(0).buffers(RegisteredArenas.MOST).shared();

    /** By slot; with the number of rings that each is lent to. */
    private final Arena[] arenas = new Arena[RegisteredArenas.MOST];

    private final int[] borrowers = new int[RegisteredArenas.MOST];
    private IoUring ring;
    private boolean unsupported;

    /**
     * Registers an arena in a slot of a ring, called by the ring's thread.
     *
     * @param slot behind all others of the ring that are in use
     * @return whether it is; else the ring may register it for itself, and says what comes in its way
     */
    synchronized boolean lend(Arena arena, RegisteredBuffers borrower, int slot) {
        int from = find(arena);
        if (from == RegisteredArenas.NOT_REGISTERED) {
            from = find(null);
        }
        if (unsupported || from == RegisteredArenas.NOT_REGISTERED) {
            return false;
        }
        boolean lent = false;
        try {
            if (ring == null) {
                open(borrower, slot);
            }
            if (arenas[from] == null) {
                ring.buffers().set(from, arena.address(), arena.length());
                arenas[from] = arena;
            }
            borrower.share(slot, ring.buffers(), from);
            borrowers[from]++;
            lent = true;
        } catch (StorageException e) {
            return false;
        } finally {
            if (!lent) {
                dropUnused();
            }
        }
        return lent;
    }

    private int find(Arena arena) {
        for (int slot = 0; slot < arenas.length; slot++) {
            if (arenas[slot] == arena) {
                return slot;
            }
        }
        return RegisteredArenas.NOT_REGISTERED;
    }

    /** Tries it with an empty slot, before an arena is registered in vain. */
    private void open(RegisteredBuffers borrower, int slot) throws StorageException {
        ring = IoUring.open(borrower.calls(), OPTIONS);
        try {
            borrower.share(slot, ring.buffers(), 0);
        } catch (StorageException e) {
            unsupported = e.errno().orElse(0) == Errno.EINVAL.number();
            throw e;
        }
    }

    /** Takes back what was lent to a ring whose slot is empty by now, or that is no more. */
    synchronized void giveBack(Arena arena) {
        borrowers[find(arena)]--;
        dropUnused();
    }

    private void dropUnused() {
        for (int slot = 0; slot < arenas.length; slot++) {
            if (arenas[slot] != null && borrowers[slot] == 0) {
                arenas[slot] = null;
                unregister(slot);
            }
        }
        if (ring != null && Arrays.stream(borrowers).allMatch(count -> count == 0)) {
            ring.close();
            ring = null;
        }
    }

    private void unregister(int slot) {
        try {
            ring.buffers().clear(slot);
        } catch (StorageException e) {
            // Nobody transfers by this slot. The next arena replaces what it holds, or the end of the ring lets go of
            // it.
        }
    }
}
