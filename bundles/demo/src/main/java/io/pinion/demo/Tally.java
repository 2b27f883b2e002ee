package io.pinion.demo;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/** What happened so far. Any thread. */
final class Tally {
    private static final int KEPT = 5;

    private final LongAdder operations = new LongAdder();
    private final LongAdder writtenBytes = new LongAdder();
    private final LongAdder readBytes = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder mismatched = new LongAdder();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    void wrote(long bytes) {
        operations.increment();
        writtenBytes.add(bytes);
    }

    void read(long bytes) {
        operations.increment();
        readBytes.add(bytes);
    }

    void flushed() {
        operations.increment();
    }

    /** An operation, or a swap, did not succeed. */
    void failure(String what) {
        failed.increment();
        keep(what);
    }

    /** An operation succeeded with the wrong bytes. */
    void mismatch(String what) {
        mismatched.increment();
        keep(what);
    }

    private void keep(String what) {
        if (problems.size() < KEPT) {
            problems.add(what);
        }
    }

    long operations() {
        return operations.sum();
    }

    long writtenBytes() {
        return writtenBytes.sum();
    }

    long readBytes() {
        return readBytes.sum();
    }

    long failed() {
        return failed.sum();
    }

    long mismatched() {
        return mismatched.sum();
    }

    boolean isClean() {
        return failed() == 0 && mismatched() == 0;
    }

    /** {@return the first of them, in words} */
    List<String> problems() {
        return List.copyOf(problems);
    }
}
