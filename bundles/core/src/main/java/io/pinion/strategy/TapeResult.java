package io.pinion.strategy;

import java.util.Objects;

/**
 * What one operation on a tape came to, with the position after it. Made by the caller and filled by the driver, so that a
 * stream of records allocates nothing. Not for use by several threads.
 */
public final class TapeResult {
    /** How it ended. More will come: a reader needs a default branch. */
    public enum Outcome {
        /** All that was asked; of a read, a record, or the blocks before something else. */
        DONE,
        /**
         * At a file mark: a read came to it and stands behind it; spacing over records ended at it, behind it or, backwards, in
         * front of it.
         */
        FILE_MARK,
        /** At the end of data, where the tape stays: asking again says the same. */
        END_OF_DATA,
        /** Spacing backwards came to the beginning of the partition. */
        BEGINNING_OF_PARTITION,
        /**
         * Written, all of it, and the end of the medium is near: room for a trailer is left. Not an error, but a state that lasts
         * as long as the tape stands there.
         */
        EARLY_WARNING,
        /** The record is longer than the buffer; nothing of it is valid, and the tape stands in front of it. */
        RECORD_TOO_LONG
    }

    private Outcome outcome = Outcome.DONE;
    private long count;
    private long recordLength = -1;
    private int partition;
    private long blockAddress = -1;
    private TapePosition.Source source = TapePosition.Source.UNKNOWN;

    /** Forgets the operation before: nothing done, the position unknown. */
    public void clear() {
        set(Outcome.DONE, 0);
        setPosition(TapePosition.Source.UNKNOWN, 0, -1);
    }

    /** Says what the operation came to; for drivers. */
    public void set(Outcome newOutcome, long newCount) {
        outcome = Objects.requireNonNull(newOutcome);
        count = newCount;
        recordLength = -1;
    }

    /** Says how long the record is that did not fit; for drivers. */
    public void setRecordLength(long bytes) {
        recordLength = bytes;
    }

    /** Says where the tape stands now; for drivers. */
    public void setPosition(TapePosition.Source newSource, int newPartition, long newBlockAddress) {
        source = Objects.requireNonNull(newSource);
        partition = newPartition;
        blockAddress = newBlockAddress;
    }

    /** {@return how it ended} Means nothing when the operation threw. */
    public Outcome outcome() {
        return outcome;
    }

    /**
     * {@return how many bytes were read or written, file marks written, or records or file marks passed in either direction; never
     * negative, and 0 for what moves otherwise} Of an operation that threw, as many as were done before.
     */
    public long count() {
        return count;
    }

    /** {@return the length of the record that did not fit; -1 where the drive does not tell} */
    public long recordLength() {
        return recordLength;
    }

    /** {@return the partition, from 0} */
    public int partition() {
        return partition;
    }

    /** {@return records and file marks before the tape's place in its partition; -1 when unknown} */
    public long blockAddress() {
        return blockAddress;
    }

    /** {@return how the position is known} */
    public TapePosition.Source source() {
        return source;
    }

    /** {@return the position as an object of its own} */
    public TapePosition position() {
        return source == TapePosition.Source.UNKNOWN
                ? TapePosition.unknown()
                : TapePosition.at(source, partition, blockAddress);
    }

    @Override
    public String toString() {
        return outcome + " count=" + count + " " + position();
    }
}
