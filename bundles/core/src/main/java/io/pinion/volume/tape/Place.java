package io.pinion.volume.tape;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapeResult;

/** Where a tape stands, followed from operation to operation without allocating. */
final class Place {
    private TapePosition.Source source = TapePosition.Source.UNKNOWN;
    private int partition;
    private long address = -1;

    void set(TapePosition position) {
        set(position.source(), position.partition(), position.blockAddress());
    }

    void set(TapeResult result) {
        set(result.source(), result.partition(), result.blockAddress());
    }

    private void set(TapePosition.Source newSource, int newPartition, long newAddress) {
        source = newSource;
        partition = newPartition;
        address = newAddress;
    }

    /**
     * Follows an operation that succeeded and moved the tape by so many records and marks.
     *
     * @throws StorageException {@code TARGET_CHANGED} when it stands elsewhere: somebody else moved it in between
     */
    void follow(String operation, TapeResult result, long moved) throws StorageException {
        boolean strayed = isKnown() && result.source() != TapePosition.Source.UNKNOWN && !isAhead(result, moved);
        if (strayed) {
            String detail = "the tape was at " + this + " and is at " + result.position() + " after moving by " + moved
                    + ": somebody else moved it in between; keep others from the drive";
            set(TapePosition.unknown());
            throw StorageException.of(Kind.TARGET_CHANGED, operation, detail).build();
        }
        set(result);
    }

    /** {@return whether the result's position is known, and so many records and marks ahead of this} */
    boolean isAhead(TapeResult result, long moved) {
        return isKnown()
                && result.source() != TapePosition.Source.UNKNOWN
                && partition == result.partition()
                && address + moved == result.blockAddress();
    }

    boolean isKnown() {
        return source != TapePosition.Source.UNKNOWN;
    }

    long address() {
        return address;
    }

    TapePosition position() {
        return isKnown() ? TapePosition.at(source, partition, address) : TapePosition.unknown();
    }

    @Override
    public String toString() {
        return isKnown() ? position().toString() : "an unknown position";
    }
}
