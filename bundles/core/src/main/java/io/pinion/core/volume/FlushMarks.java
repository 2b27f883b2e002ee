package io.pinion.core.volume;

/**
 * How far each flush of one queue goes. It covers the writes prepared on the queue before it as well, which are counted as
 * written only once they are reaped, and then with what they really transferred. Guarded as its {@link QueueDriver} is.
 */
final class FlushMarks {
    private final FlushLedger ledger;
    private final long[] marks;
    private long inDriver;
    private long shortfall;

    FlushMarks(FlushLedger ledger, int depth) {
        this.ledger = ledger;
        this.marks = new long[depth];
    }

    /** A write that needs a flush goes to the driver. */
    void began(int length) {
        inDriver += length;
    }

    /** It has ended. What it did not transfer is taken off every flush under way: of some of them that is too much. */
    void ended(int length, int transferred) {
        inDriver -= length;
        shortfall += length - transferred;
    }

    /** The flush in this slot goes to the driver now. */
    void mark(int slot) {
        marks[slot] = ledger.written() + inDriver + shortfall;
    }

    /** It has succeeded. */
    void covered(int slot) {
        ledger.covered(marks[slot] - shortfall);
    }
}
