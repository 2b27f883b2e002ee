package io.pinion.linux.uring;

import io.pinion.memory.Arena;
import io.pinion.strategy.StorageException;

/**
 * The arenas whose memory a ring knows by number: registered when an operation comes with the first lease of one, held
 * meanwhile, and let go of when they retire. Where the kernel can, a ring shares what is registered already
 * ({@link ArenaSource}); else it registers for itself. Where that is refused the operations go without, and it is said why.
 * Threads are those of the ring.
 */
final class RegisteredArenas {
    static final int MOST = 64;
    static final int NOT_REGISTERED = -1;

    private final RegisteredBuffers buffers;
    private final ArenaSource source;
    private final Arena[] arenas;
    private final boolean[] lent;
    private Arena latest;
    private int latestSlot = NOT_REGISTERED;

    /** The slots from here on are empty. */
    private int count;

    private volatile String refusal = "";

    RegisteredArenas(RegisteredBuffers buffers, ArenaSource source) {
        this.buffers = buffers;
        this.source = source;
        arenas = new Arena[buffers.slots()];
        lent = new boolean[arenas.length];
    }

    /** {@return the slot that the arena is registered in, or {@link #NOT_REGISTERED}} */
    int slotOf(Arena arena) {
        if (arena != latest) {
            latestSlot = find(arena);
            latest = arena;
        }
        return latestSlot;
    }

    private int find(Arena arena) {
        for (int slot = 0; slot < count; slot++) {
            if (arenas[slot] == arena) {
                return slot;
            }
        }
        return register(arena);
    }

    /** After a refusal it is not tried again: leases of several arenas would have each operation try in vain. */
    private int register(Arena arena) {
        if (!refusal.isEmpty()) {
            return NOT_REGISTERED;
        }
        int slot = emptySlot();
        if (slot == arenas.length) {
            refusal = arenas.length == 0
                    ? "the kernel has no tables of registered buffers before Linux 5.19"
                    : "a ring registers " + MOST + " arenas";
            return NOT_REGISTERED;
        }
        if (!arena.hold()) {
            return NOT_REGISTERED;
        }
        boolean registered = false;
        try {
            lent[slot] = slot == count && source.lend(arena, buffers, slot);
            if (!lent[slot]) {
                buffers.set(slot, arena.address(), arena.length());
            }
            registered = true;
        } catch (StorageException e) {
            refusal = e.getMessage();
            return NOT_REGISTERED;
        } finally {
            // Memory for buffers may be exhausted, too.
            if (!registered) {
                arena.release();
            }
        }
        arenas[slot] = arena;
        count = Math.max(count, slot + 1);
        return slot;
    }

    /** Behind the others, while there is one: what is lent has to be. */
    private int emptySlot() {
        int slot = count < arenas.length ? count : 0;
        while (slot < arenas.length && arenas[slot] != null) {
            slot++;
        }
        return slot;
    }

    /** Lets go of those that wait for it; no lease of them is left, and so nothing in flight. */
    void dropRetiring() throws StorageException {
        for (int slot = 0; slot < count; slot++) {
            Arena arena = arenas[slot];
            if (arena != null && arena.isRetiring()) {
                buffers.clear(slot);
                forget(slot);
            }
        }
    }

    /** The ring's slot is empty; the source may be the next to let go, and the pool the last. */
    private void forget(int slot) {
        Arena arena = arenas[slot];
        arenas[slot] = null;
        while (count > 0 && arenas[count - 1] == null) {
            count--;
        }
        latest = null;
        latestSlot = NOT_REGISTERED;
        if (lent[slot]) {
            source.giveBack(arena);
        }
        arena.release();
    }

    /** Releases all, of a ring that is no more. */
    void releaseAll() {
        for (int slot = 0; slot < count; slot++) {
            if (arenas[slot] != null) {
                forget(slot);
            }
        }
    }

    /** {@return why an arena is not registered; empty when all are} Any thread. */
    String refusal() {
        return refusal;
    }
}
