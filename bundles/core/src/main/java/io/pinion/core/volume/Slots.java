package io.pinion.core.volume;

import io.pinion.strategy.StorageException;

/**
 * The operations of one queue, made once, and in which order they stand. A slot is free → staged → submitted → in the driver →
 * ready → delivering → free. Who may touch what is the queue's rule.
 */
final class Slots {
    final int depth;
    final Slot[] all;
    final Ring free;
    final Ring staged;
    final Ring submitted;
    final Ring followUps;
    final Ring ready;
    final Ring delivering;

    Slots(int depth) {
        this.depth = depth;
        all = new Slot[depth];
        free = new Ring(depth);
        staged = new Ring(depth);
        submitted = new Ring(depth);
        followUps = new Ring(depth);
        ready = new Ring(depth);
        delivering = new Ring(depth);
        for (int number = 0; number < depth; number++) {
            all[number] = new Slot(number);
            free.add(number);
        }
    }

    Slot of(int number) {
        return all[number];
    }

    /** {@return the slot that the driver has under this token; null when it has none} */
    Slot inDriver(long driverToken) {
        int number = (int) driverToken;
        boolean has = number >= 0 && number < depth && all[number].isInDriver(driverToken);
        return has ? all[number] : null;
    }

    /** {@return how many operations are not free} */
    int pending() {
        return depth - free.size();
    }

    /** Puts a result where {@code poll} finds it, and lets go of buffer and lease. */
    void finish(Slot slot, int transferred, StorageException failure) {
        slot.result = transferred;
        slot.error = failure;
        slot.cancellable = false;
        slot.release();
        ready.add(slot.number);
    }

    /** Puts there that it was cancelled in time. */
    void finishCancelled(Slot slot) {
        StorageException failure = StorageException.of(
                        StorageException.Kind.CANCELLED, slot.word(), "cancelled before it began")
                .range(slot.position, slot.length)
                .build();
        finish(slot, 0, failure);
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
