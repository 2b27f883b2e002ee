package io.pinion.linux.uring;

/**
 * Slot numbers, first in, first out. Not for use by several threads at a time. Its array is a power of two long, so that to
 * wrap is no branch: one that is rarely taken would cost a compiler all it had inlined.
 */
final class SlotRing {
    private final int[] numbers;
    private final int mask;
    private int head;
    private int size;

    SlotRing(int capacity) {
        numbers = new int[Integer.highestOneBit(2 * capacity - 1)];
        mask = numbers.length - 1;
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

    /** {@return the oldest, which stays} */
    int first() {
        return numbers[head];
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
