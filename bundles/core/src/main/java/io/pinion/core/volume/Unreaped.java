package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import io.pinion.memory.BufferLease;
import io.pinion.strategy.ChannelQueue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A driver's queue that was given back with operations in flight, because it broke, its owner ended or it was closed.
 * Keeps buffers reachable, leases held and the operations counted as in flight until the driver says that it is quiet.
 */
final class Unreaped {
    private final ChannelQueue queue;
    private final List<ByteBuffer> buffers = new ArrayList<>();
    private final List<BufferLease> leases = new ArrayList<>();
    private final int[] inFlight = new int[Kind.values().length];

    Unreaped(ChannelQueue queue) {
        this.queue = queue;
    }

    /** Takes over what the slot holds. */
    void keep(Slot slot, Kind kind) {
        inFlight[kind.ordinal()]++;
        if (slot.buffer != null) {
            buffers.add(slot.buffer);
        }
        if (slot.lease != null) {
            leases.add(slot.lease);
            slot.lease = null;
        }
    }

    /** A driver that can't tell is taken for one that is at work still. */
    boolean isQuiet() {
        try {
            return queue.isQuiet();
        } catch (RuntimeException | Error e) {
            return false;
        }
    }

    /** Lets go of everything if the driver is done with it; {@return whether it was} */
    boolean settle(Cell cell) {
        if (!isQuiet()) {
            return false;
        }
        buffers.clear();
        leases.forEach(BufferLease::release);
        leases.clear();
        for (Kind kind : Kind.values()) {
            for (; inFlight[kind.ordinal()] > 0; inFlight[kind.ordinal()]--) {
                cell.end(kind, 0);
            }
        }
        return true;
    }
}
