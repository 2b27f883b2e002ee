package io.pinion.strategy;

import java.util.Objects;

/** One zone of a zoned block device; all figures in bytes. Immutable; it will grow. */
public final class Zone {
    /** How a zone may be written, and what it holds. */
    public enum Condition {
        /** No write pointer: write anywhere. */
        CONVENTIONAL,
        /** Nothing written. */
        EMPTY,
        /** Partly written. */
        OPEN,
        /** Partly written, without the device's resources for it. */
        CLOSED,
        /** No room left. */
        FULL,
        /** Not to be written any more. */
        READ_ONLY,
        /** Not to be used any more. */
        OFFLINE
    }

    private final long start;
    private final long length;
    private final long capacity;
    private final long writePointer;
    private final Condition condition;

    private Zone(long start, long length, long capacity, long writePointer, Condition condition) {
        this.start = start;
        this.length = length;
        this.capacity = capacity;
        this.writePointer = writePointer;
        this.condition = Objects.requireNonNull(condition);
    }

    /** {@return a zone} */
    public static Zone of(long start, long length, long capacity, long writePointer, Condition condition) {
        return new Zone(start, length, capacity, writePointer, condition);
    }

    /** {@return where it begins} */
    public long start() {
        return start;
    }

    /** {@return how far it is to the next} */
    public long length() {
        return length;
    }

    /** {@return how much of it can be written} */
    public long capacity() {
        return capacity;
    }

    /** {@return where the next write goes} */
    public long writePointer() {
        return writePointer;
    }

    /** {@return how it may be written, and what it holds} */
    public Condition condition() {
        return condition;
    }

    @Override
    public String toString() {
        return condition + " start=" + start + " capacity=" + capacity + " writePointer=" + writePointer;
    }
}
