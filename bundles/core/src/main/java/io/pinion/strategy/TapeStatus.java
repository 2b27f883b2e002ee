package io.pinion.strategy;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What state a drive and its medium are in. Immutable; it will grow. */
public final class TapeStatus {
    /**
     * One thing that is so. What is not told may be so all the same where it says "as far as the drive knows". More will come: a
     * reader needs a default branch.
     */
    public enum Condition {
        /** A medium is loaded and ready. */
        READY,
        /** The medium must not be written, as far as the drive knows. */
        WRITE_PROTECTED,
        /** The tape stands at the beginning of its partition. */
        BEGINNING_OF_PARTITION,
        /** The tape stands right behind a file mark, as far as the drive knows: after a locate, say, it may not. */
        FILE_MARK,
        /** The tape stands at the end of data, as far as the drive knows: having come there by counting, it may not. */
        END_OF_DATA,
        /** The end of the medium is near: a write ended with {@link TapeResult.Outcome#EARLY_WARNING}, and the tape is there. */
        EARLY_WARNING,
        /** The tape is at its end, and takes no more, as far as the drive knows. */
        END_OF_MEDIUM,
        /** The drive asks for a cleaning. */
        CLEANING_REQUESTED
    }

    private final Builder values;

    private TapeStatus(Builder values) {
        this.values = values;
    }

    /** {@return a builder for a drive with nothing in it, in variable mode} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return whether it is so} */
    public boolean is(Condition condition) {
        return values.conditions.contains(condition);
    }

    /** {@return all that is so} */
    public Set<Condition> conditions() {
        return Collections.unmodifiableSet(values.conditions);
    }

    /** {@return bytes of a record in fixed mode; 0 in variable mode, where each record has its own length} */
    public int blockSize() {
        return values.blockSize;
    }

    /** {@return the code of how densely the medium is written (SSC-5, 8.3.3); empty when it is not known} */
    public OptionalInt density() {
        return values.density < 0 ? OptionalInt.empty() : OptionalInt.of(values.density);
    }

    /** {@return whether the drive compresses; empty when it is not known} */
    public Optional<Boolean> compression() {
        return Optional.ofNullable(values.compression);
    }

    /** {@return how many partitions the medium has; 1 where the drive knows none} */
    public int partitions() {
        return values.partitions;
    }

    /**
     * {@return sentences for the operator: what the drive and the medium are called, what they complain of (TapeAlert), which
     * settings of the driver matter here}
     */
    public List<String> notes() {
        return values.notes;
    }

    @Override
    public String toString() {
        return values.conditions
                + (values.blockSize == 0 ? " variable records" : " records of " + values.blockSize)
                + (values.density < 0 ? "" : String.format(" density=0x%02x", values.density))
                + (values.compression == null ? "" : " compression=" + (values.compression ? "on" : "off"))
                + (values.partitions == 1 ? "" : " partitions=" + values.partitions);
    }

    /** Collects the values of a {@link TapeStatus}. Not for use by several threads. */
    public static final class Builder {
        private Set<Condition> conditions = EnumSet.noneOf(Condition.class);
        private int blockSize;
        private int density = -1;
        private Boolean compression;
        private int partitions = 1;
        private List<String> notes = List.of();

        private Builder() {}

        /** Says that it is so. */
        public Builder is(Condition condition) {
            conditions.add(condition);
            return this;
        }

        /** Says that it is so, when it is. */
        public Builder is(Condition condition, boolean so) {
            return so ? is(condition) : this;
        }

        /** See {@link TapeStatus#blockSize()}. */
        public Builder blockSize(int bytes) {
            blockSize = bytes;
            return this;
        }

        /** See {@link TapeStatus#density()}. */
        public Builder density(int code) {
            density = code;
            return this;
        }

        /** See {@link TapeStatus#compression()}. */
        public Builder compression(boolean on) {
            compression = on;
            return this;
        }

        /** See {@link TapeStatus#partitions()}. */
        public Builder partitions(int count) {
            partitions = count;
            return this;
        }

        /** See {@link TapeStatus#notes()}. */
        public Builder notes(List<String> sentences) {
            notes = List.copyOf(sentences);
            return this;
        }

        /** {@return the status; the builder may go on} */
        public TapeStatus build() {
            Builder copy = new Builder();
            copy.conditions = EnumSet.copyOf(conditions);
            copy.blockSize = blockSize;
            copy.density = density;
            copy.compression = compression;
            copy.partitions = partitions;
            copy.notes = notes;
            return new TapeStatus(copy);
        }
    }
}
