package io.pinion.strategy;

import java.util.Objects;
import java.util.OptionalLong;

/** Where a tape stands: partition and block address, as the drive tells or as it was counted. Immutable; it will grow. */
public final class TapePosition {
    /** How the position is known. */
    public enum Source {
        /** The drive said so (READ POSITION, MTIOCPOS). */
        DRIVE,
        /** Counted since a known one: the drive was not asked, as between records, or cannot tell. */
        COUNTED,
        /** Not known, after a reset or an error: reposition first. */
        UNKNOWN
    }

    private final Source source;
    private final int partition;
    private final long blockAddress;
    private final long fileNumber;

    private TapePosition(Source source, int partition, long blockAddress, long fileNumber) {
        this.source = Objects.requireNonNull(source);
        this.partition = partition;
        this.blockAddress = blockAddress;
        this.fileNumber = fileNumber;
    }

    /**
     * {@return a position}
     *
     * @param blockAddress records and file marks before it in its partition (SSC-3: logical object identifier)
     */
    public static TapePosition at(Source source, int partition, long blockAddress) {
        return new TapePosition(source, partition, blockAddress, -1);
    }

    /** {@return the position of which nothing is known} */
    public static TapePosition unknown() {
        return new TapePosition(Source.UNKNOWN, 0, -1, -1);
    }

    /** {@return this position with the number of file marks before it} */
    public TapePosition withFileNumber(long fileMarksBefore) {
        return new TapePosition(source, partition, blockAddress, fileMarksBefore);
    }

    /** {@return how it is known} */
    public Source source() {
        return source;
    }

    /** {@return the partition, from 0} */
    public int partition() {
        return partition;
    }

    /** {@return records and file marks before it in its partition; -1 when unknown} */
    public long blockAddress() {
        return blockAddress;
    }

    /** {@return how many file marks are before it, where that is known} */
    public OptionalLong fileNumber() {
        return fileNumber < 0 ? OptionalLong.empty() : OptionalLong.of(fileNumber);
    }

    /** {@return whether it is the beginning of a partition} */
    public boolean isBeginningOfPartition() {
        return blockAddress == 0;
    }

    /** {@return whether both are known and mean the same place; how they are known, and file numbers, take no part} */
    public boolean isSamePlace(TapePosition other) {
        return source != Source.UNKNOWN
                && other.source != Source.UNKNOWN
                && partition == other.partition
                && blockAddress == other.blockAddress;
    }

    @Override
    public String toString() {
        if (source == Source.UNKNOWN) {
            return "unknown";
        }
        return "partition=" + partition + " blockAddress=" + blockAddress
                + (source == Source.COUNTED ? " (counted)" : "");
    }
}
