package io.pinion.volume.tape;

import java.util.ArrayList;
import java.util.List;

/** A medium in memory: records and file marks, and how much it holds. */
final class MemoryTape {
    static final byte[] MARK = {};
    static final int MARK_COST = 30;

    final List<byte[]> entries = new ArrayList<>();
    final long capacity;
    final long earlyWarning;

    MemoryTape() {
        this(Long.MAX_VALUE, 0);
    }

    /** One that takes so many bytes, and warns when so many are left. */
    MemoryTape(long capacity, long earlyWarning) {
        this.capacity = capacity;
        this.earlyWarning = earlyWarning;
    }

    long used() {
        long used = 0;
        for (byte[] entry : entries) {
            used += cost(entry);
        }
        return used;
    }

    static long cost(byte[] entry) {
        return entry == MARK ? MARK_COST : entry.length;
    }

    /** What is on the tape: lengths of records, and {@code |} for a mark. */
    String map() {
        StringBuilder map = new StringBuilder();
        for (byte[] entry : entries) {
            map.append(map.length() == 0 ? "" : " ").append(entry == MARK ? "|" : "" + entry.length);
        }
        return map.toString();
    }

    MemoryTape record(byte[] bytes) {
        entries.add(bytes);
        return this;
    }

    MemoryTape mark() {
        entries.add(MARK);
        return this;
    }
}
