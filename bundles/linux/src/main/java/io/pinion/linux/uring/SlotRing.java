package io.pinion.linux.uring;

/** Slot numbers, first in, first out. Not for use by several threads at a time. */
final class SlotRing {
    private final int[] numbers;
    private int head;
    private int size;

    SlotRing(int capacity) {
        numbers = new int[capacity];
    }

    void add(int number) {
        int tail = head + size++;
        numbers[tail < numbers.length ? tail : tail - numbers.length] = number;
    }

    int take() {
        int number = numbers[head];
        head = head + 1 == numbers.length ? 0 : head + 1;
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
