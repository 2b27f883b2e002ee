package io.pinion.strategy;

/**
 * How a target wants to be used. A channel accepts every offset, length and buffer; geometry says which of them pass
 * without a copy and at what size the device is at its best. All sizes are bytes, all alignments powers of two.
 * Immutable; it will grow.
 */
public final class Geometry {
    private final Builder values;

    private Geometry(Builder values) {
        this.values = values;
    }

    /** {@return a builder for a target without any wish: alignments of 1, blocks of 512, queue depth 1} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that starts with this geometry's values} */
    public Builder toBuilder() {
        return values.copy();
    }

    /** {@return the smallest unit that the target addresses (BLKSSZGET for a device)} */
    public int logicalBlockSize() {
        return values.logicalBlockSize;
    }

    /** {@return the smallest unit that the device writes without reading first (BLKPBSZGET)} */
    public int physicalBlockSize() {
        return values.physicalBlockSize;
    }

    /** {@return what a buffer's address must be a multiple of to pass without a copy (stx_dio_mem_align, statx(2))} */
    public int memoryAlignment() {
        return values.memoryAlignment;
    }

    /** {@return what an offset must be a multiple of to pass without a copy (stx_dio_offset_align, statx(2))} */
    public int offsetAlignment() {
        return values.offsetAlignment;
    }

    /** {@return what a length must be a multiple of to pass without a copy} */
    public int lengthAlignment() {
        return values.lengthAlignment;
    }

    /** {@return the transfer size that suits the target best} */
    public int optimalIoSize() {
        return values.optimalIoSize;
    }

    /** {@return how many operations at once the target profits from} */
    public int queueDepth() {
        return values.queueDepth;
    }

    /** {@return how many buffers one transfer gathers or scatters without a copy} */
    public int scatterGather() {
        return values.scatterGather;
    }

    /**
     * {@return the smallest write that {@link TransferFlags#ATOMIC} covers (stx_atomic_write_unit_min, statx(2)); 0 where there
     * is none} A power of two, and of logical blocks. Once an application has written so, no strategy with narrower limits
     * serves the volume.
     */
    public int atomicWriteMinimum() {
        return values.atomicWriteMinimum;
    }

    /**
     * {@return the largest write that {@link TransferFlags#ATOMIC} covers (stx_atomic_write_unit_max, statx(2)); 0 where there
     * is none} A power of two.
     */
    public int atomicWriteMaximum() {
        return values.atomicWriteMaximum;
    }

    /**
     * {@return whether {@link TransferFlags#ATOMIC} covers a write of so many bytes there: a power of two within the limits, at
     * a multiple of its length}
     */
    public boolean allowsAtomicWrite(long position, long length) {
        return length >= atomicWriteMinimum()
                && length <= atomicWriteMaximum()
                && Long.bitCount(length) == 1
                && (position & length - 1) == 0;
    }

    /** {@return the largest record of a tape drive; 0 where the target knows no records} */
    public int maximumRecordSize() {
        return values.maximumRecordSize;
    }

    /** {@return the smallest record of a tape drive (READ BLOCK LIMITS, SSC-3, 7.5); 1 where it takes any, or can't be asked} */
    public int minimumRecordSize() {
        return values.minimumRecordSize;
    }

    /**
     * {@return by what the lengths of a tape drive's records differ, as it says: each is the smallest, and a multiple of this more;
     * 1 where it says nothing} A power of two. Drives take other lengths all the same, so nothing is refused by it.
     */
    public int recordGranularity() {
        return values.recordGranularity;
    }

    /** {@return whether a record of so many bytes is neither too short nor too long for a tape drive, as far as is known} */
    public boolean allowsRecord(int length) {
        return length >= minimumRecordSize() && (maximumRecordSize() == 0 || length <= maximumRecordSize());
    }

    @Override
    public String toString() {
        return "logicalBlockSize=" + logicalBlockSize() + " physicalBlockSize=" + physicalBlockSize()
                + " memoryAlignment=" + memoryAlignment() + " offsetAlignment=" + offsetAlignment()
                + " lengthAlignment=" + lengthAlignment() + " optimalIoSize=" + optimalIoSize()
                + " queueDepth=" + queueDepth() + " scatterGather=" + scatterGather()
                + " atomicWriteMinimum=" + atomicWriteMinimum() + " atomicWriteMaximum=" + atomicWriteMaximum()
                + " maximumRecordSize=" + maximumRecordSize() + " minimumRecordSize=" + minimumRecordSize()
                + " recordGranularity=" + recordGranularity();
    }

    /** Collects the values of a {@link Geometry}. Not for use by several threads. */
    public static final class Builder {
        private int logicalBlockSize = 512;
        private int physicalBlockSize = 512;
        private int memoryAlignment = 1;
        private int offsetAlignment = 1;
        private int lengthAlignment = 1;
        private int optimalIoSize = 128 * 1024;
        private int queueDepth = 1;
        private int scatterGather = 1;
        private int atomicWriteMinimum;
        private int atomicWriteMaximum;
        private int maximumRecordSize;
        private int minimumRecordSize = 1;
        private int recordGranularity = 1;

        private Builder() {}

        private Builder copy() {
            Builder copy = new Builder();
            copy.logicalBlockSize = logicalBlockSize;
            copy.physicalBlockSize = physicalBlockSize;
            copy.memoryAlignment = memoryAlignment;
            copy.offsetAlignment = offsetAlignment;
            copy.lengthAlignment = lengthAlignment;
            copy.optimalIoSize = optimalIoSize;
            copy.queueDepth = queueDepth;
            copy.scatterGather = scatterGather;
            copy.atomicWriteMinimum = atomicWriteMinimum;
            copy.atomicWriteMaximum = atomicWriteMaximum;
            copy.maximumRecordSize = maximumRecordSize;
            copy.minimumRecordSize = minimumRecordSize;
            copy.recordGranularity = recordGranularity;
            return copy;
        }

        /** See {@link Geometry#logicalBlockSize()}. */
        public Builder logicalBlockSize(int bytes) {
            logicalBlockSize = powerOfTwo("logicalBlockSize", bytes);
            return this;
        }

        /** See {@link Geometry#physicalBlockSize()}. */
        public Builder physicalBlockSize(int bytes) {
            physicalBlockSize = powerOfTwo("physicalBlockSize", bytes);
            return this;
        }

        /** See {@link Geometry#memoryAlignment()}. */
        public Builder memoryAlignment(int bytes) {
            memoryAlignment = powerOfTwo("memoryAlignment", bytes);
            return this;
        }

        /** See {@link Geometry#offsetAlignment()}. */
        public Builder offsetAlignment(int bytes) {
            offsetAlignment = powerOfTwo("offsetAlignment", bytes);
            return this;
        }

        /** See {@link Geometry#lengthAlignment()}. */
        public Builder lengthAlignment(int bytes) {
            lengthAlignment = powerOfTwo("lengthAlignment", bytes);
            return this;
        }

        /** See {@link Geometry#optimalIoSize()}. */
        public Builder optimalIoSize(int bytes) {
            optimalIoSize = atLeast(1, "optimalIoSize", bytes);
            return this;
        }

        /** See {@link Geometry#queueDepth()}. */
        public Builder queueDepth(int operations) {
            queueDepth = atLeast(1, "queueDepth", operations);
            return this;
        }

        /** See {@link Geometry#scatterGather()}. */
        public Builder scatterGather(int buffers) {
            scatterGather = atLeast(1, "scatterGather", buffers);
            return this;
        }

        /**
         * See {@link Geometry#atomicWriteMinimum()} and {@link Geometry#atomicWriteMaximum()}.
         *
         * @param minimum 0, as the maximum then, where there are none
         */
        public Builder atomicWrites(int minimum, int maximum) {
            if (minimum != 0 || maximum != 0) {
                powerOfTwo("atomicWriteMinimum", minimum);
                atLeast(minimum, "atomicWriteMaximum", powerOfTwo("atomicWriteMaximum", maximum));
            }
            atomicWriteMinimum = minimum;
            atomicWriteMaximum = maximum;
            return this;
        }

        /** See {@link Geometry#maximumRecordSize()}. */
        public Builder maximumRecordSize(int bytes) {
            maximumRecordSize = atLeast(0, "maximumRecordSize", bytes);
            return this;
        }

        /** See {@link Geometry#minimumRecordSize()}. */
        public Builder minimumRecordSize(int bytes) {
            minimumRecordSize = atLeast(1, "minimumRecordSize", bytes);
            return this;
        }

        /** See {@link Geometry#recordGranularity()}. */
        public Builder recordGranularity(int bytes) {
            recordGranularity = powerOfTwo("recordGranularity", bytes);
            return this;
        }

        /** {@return the geometry; the builder may go on} */
        public Geometry build() {
            if (maximumRecordSize != 0) {
                atLeast(minimumRecordSize, "maximumRecordSize", maximumRecordSize);
            }
            if (atomicWriteMinimum % logicalBlockSize != 0) {
                throw new IllegalArgumentException("atomicWriteMinimum=" + atomicWriteMinimum
                        + " is not a multiple of logicalBlockSize=" + logicalBlockSize);
            }
            return new Geometry(copy());
        }

        private static int powerOfTwo(String name, int value) {
            if (Integer.bitCount(value) != 1 || value < 0) {
                throw new IllegalArgumentException(name + "=" + value + " is not a power of two");
            }
            return value;
        }

        private static int atLeast(int least, String name, int value) {
            if (value < least) {
                throw new IllegalArgumentException(name + "=" + value + " is less than " + least);
            }
            return value;
        }
    }
}
