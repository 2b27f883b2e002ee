package io.pinion.core.volume;

import io.pinion.core.volume.Cell.Kind;
import io.pinion.memory.BufferLease;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TransferFlags;
import java.nio.ByteBuffer;

/**
 * The operations of one queue, in arrays made once: what was asked, what came of it, and in which order they stand. A slot
 * is free → staged → submitted → in the driver → ready → delivering → free. Who may touch what is the queue's rule.
 */
final class Slots {
    static final byte READ = 0;
    static final byte WRITE = 1;
    static final byte FLUSH = 2;

    /** Nothing follows the operation. */
    static final byte ALONE = 0;
    /** A write whose DURABLE is emulated: a flush follows it. */
    static final byte FLUSH_FOLLOWS = 1;
    /** The flush that followed a write. */
    static final byte FOLLOWING_FLUSH = 2;

    final int depth;
    final byte[] operation;
    final boolean[] inDriver;
    /** A read or write without a result. */
    final boolean[] cancellable;

    final boolean[] cancelled;
    final int[] generation;
    final byte[] follow;
    final ByteBuffer[] buffer;
    final BufferLease[] lease;
    final int[] index;
    final int[] length;
    final long[] position;
    final long[] token;
    final TransferFlags[] flags;
    final long[] started;
    /** Of a timed one, whether it begins where the one before it ended. */
    final boolean[] sequential;

    final int[] result;
    final StorageException[] error;
    final Ring free;
    final Ring staged;
    final Ring submitted;
    final Ring followUps;
    final Ring ready;
    final Ring delivering;

    Slots(int depth) {
        this.depth = depth;
        operation = new byte[depth];
        inDriver = new boolean[depth];
        cancellable = new boolean[depth];
        cancelled = new boolean[depth];
        generation = new int[depth];
        follow = new byte[depth];
        buffer = new ByteBuffer[depth];
        lease = new BufferLease[depth];
        index = new int[depth];
        length = new int[depth];
        position = new long[depth];
        token = new long[depth];
        flags = new TransferFlags[depth];
        started = new long[depth];
        sequential = new boolean[depth];
        result = new int[depth];
        error = new StorageException[depth];
        free = new Ring(depth);
        staged = new Ring(depth);
        submitted = new Ring(depth);
        followUps = new Ring(depth);
        ready = new Ring(depth);
        delivering = new Ring(depth);
        for (int slot = 0; slot < depth; slot++) {
            free.add(slot);
        }
    }

    /** {@return what the driver completes the slot with, another one each time that it is handed over} */
    long newToken(int slot) {
        generation[slot]++;
        return token(slot);
    }

    /** {@return what the driver is to complete the slot with now} */
    long token(int slot) {
        return (long) generation[slot] << Integer.SIZE | slot;
    }

    /** {@return the slot that the driver has under this token; -1 when it has none} */
    int inDriver(long token) {
        int slot = (int) token;
        boolean has = slot >= 0 && slot < depth && inDriver[slot] && generation[slot] == (int) (token >>> Integer.SIZE);
        return has ? slot : -1;
    }

    /** {@return what the operation is counted as} */
    Kind kind(int slot) {
        return switch (operation[slot]) {
            case READ -> Kind.READ;
            case WRITE -> GatedVolume.writeKind(flags[slot]);
            default -> Kind.FLUSH;
        };
    }

    /** {@return what an error calls the operation} */
    String word(int slot) {
        return switch (operation[slot]) {
            case READ -> "read";
            case WRITE -> "write";
            default -> "flush";
        };
    }

    /** {@return whether what the driver does now is to flush} */
    boolean isFlush(int slot) {
        return operation[slot] == FLUSH || follow[slot] == FOLLOWING_FLUSH;
    }

    /** {@return how many operations are not free} */
    int pending() {
        return depth - free.size();
    }

    /** Puts a result where {@code poll} finds it, and lets go of buffer and lease. */
    void finish(int slot, int transferred, StorageException failure) {
        result[slot] = transferred;
        error[slot] = failure;
        cancellable[slot] = false;
        release(slot);
        ready.add(slot);
    }

    /** Puts there that it was cancelled in time. */
    void finishCancelled(int slot) {
        StorageException failure = StorageException.of(
                        StorageException.Kind.CANCELLED, word(slot), "cancelled before it began")
                .range(position[slot], length[slot])
                .build();
        finish(slot, 0, failure);
    }

    /** Lets go of the slot's buffer and lease. */
    void release(int slot) {
        inDriver[slot] = false;
        follow[slot] = ALONE;
        buffer[slot] = null;
        BufferLease held = lease[slot];
        if (held != null) {
            lease[slot] = null;
            held.release();
        }
    }

    /**
     * Slot numbers, first in, first out. Its array is a power of two long, so that to wrap is no branch: one that is rarely
     * taken would cost a compiler all it had inlined.
     */
    static final class Ring {
        private final int[] numbers;
        private final int mask;
        private int head;
        private int size;

        Ring(int capacity) {
            numbers = new int[Integer.highestOneBit(2 * capacity - 1)];
            mask = numbers.length - 1;
        }

        void addAll(Ring other) {
            while (!other.isEmpty()) {
                add(other.take());
            }
        }

        void add(int number) {
            numbers[head + size++ & mask] = number;
        }

        int take() {
            int number = numbers[head];
            head = head + 1 & mask;
            size--;
            return number;
        }

        int size() {
            return size;
        }

        boolean isEmpty() {
            return size == 0;
        }
    }
}
