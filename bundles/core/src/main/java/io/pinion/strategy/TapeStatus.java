package io.pinion.strategy;

import java.util.Objects;
import java.util.Set;

/** What state a drive and its medium are in. Immutable; it will grow. */
public final class TapeStatus {
    /** One thing that is so. More will come: a reader needs a default branch. */
    public enum Condition {
        /** A medium is loaded and ready. */
        READY,
        /** The medium must not be written. */
        WRITE_PROTECTED,
        /** The tape stands at the beginning of its partition. */
        BEGINNING_OF_PARTITION,
        /** The tape stands right behind a file mark. */
        FILE_MARK,
        /** The tape stands at the end of data. */
        END_OF_DATA,
        /** The end of the medium is near. */
        EARLY_WARNING,
        /** The tape is at its end. */
        END_OF_MEDIUM,
        /** The drive asks for a cleaning. */
        CLEANING_REQUESTED
    }

    private final Set<Condition> conditions;
    private final int blockSize;

    private TapeStatus(Set<Condition> conditions, int blockSize) {
        this.conditions = Set.copyOf(conditions);
        this.blockSize = blockSize;
    }

    /**
     * {@return a status}
     *
     * @param blockSize bytes of a record in fixed mode, 0 in variable mode
     */
    public static TapeStatus of(Set<Condition> conditions, int blockSize) {
        return new TapeStatus(Objects.requireNonNull(conditions), blockSize);
    }

    /** {@return whether it is so} */
    public boolean is(Condition condition) {
        return conditions.contains(condition);
    }

    /** {@return all that is so} */
    public Set<Condition> conditions() {
        return conditions;
    }

    /** {@return bytes of a record in fixed mode; 0 in variable mode, where each record has its own length} */
    public int blockSize() {
        return blockSize;
    }

    @Override
    public String toString() {
        return conditions + (blockSize == 0 ? " variable records" : " records of " + blockSize);
    }
}
