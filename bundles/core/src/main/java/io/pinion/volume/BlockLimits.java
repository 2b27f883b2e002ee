package io.pinion.volume;

import java.util.Objects;

/**
 * What a block device asks of transfers and can do, as its queue tells (Documentation/ABI/stable/sysfs-block). In bytes; 0 where the
 * kernel tells none, or the device can't. Immutable; it will grow.
 */
public final class BlockLimits {
    private final int logicalBlockSize;
    private final int physicalBlockSize;
    private final long optimalIoSize;
    private final String writeCache;
    private final boolean fua;
    private final boolean rotational;
    private final String zoneModel;
    private final long zoneSize;
    private final long discardGranularity;
    private final long discardLimit;
    private final long writeZeroesLimit;

    private BlockLimits(Builder b) {
        logicalBlockSize = b.logicalBlockSize;
        physicalBlockSize = b.physicalBlockSize;
        optimalIoSize = b.optimalIoSize;
        writeCache = b.writeCache;
        fua = b.fua;
        rotational = b.rotational;
        zoneModel = b.zoneModel;
        zoneSize = b.zoneSize;
        discardGranularity = b.discardGranularity;
        discardLimit = b.discardLimit;
        writeZeroesLimit = b.writeZeroesLimit;
    }

    /** {@return a builder of limits of which nothing is known} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the smallest unit that can be addressed} */
    public int logicalBlockSize() {
        return logicalBlockSize;
    }

    /** {@return the smallest unit that is written without reading what is beside it} */
    public int physicalBlockSize() {
        return physicalBlockSize;
    }

    /** {@return the size that it likes best} */
    public long optimalIoSize() {
        return optimalIoSize;
    }

    /** {@return {@code write back} when it has a cache to flush, {@code write through} when not; empty where that is not told} */
    public String writeCache() {
        return writeCache;
    }

    /** {@return whether a single write can be made durable without flushing all (FUA)} */
    public boolean hasFua() {
        return fua;
    }

    /** {@return whether it has to wait for something that turns} */
    public boolean isRotational() {
        return rotational;
    }

    /** {@return {@code none}, {@code host-aware} or {@code host-managed}} */
    public String zoneModel() {
        return zoneModel;
    }

    /** {@return how large a zone is; 0 without zones} */
    public long zoneSize() {
        return zoneSize;
    }

    /** {@return the unit in which it gives space back; 0 when it can't discard} */
    public long discardGranularity() {
        return discardGranularity;
    }

    /** {@return how much one request discards at most: larger ones are split; 0 when it can't discard} */
    public long discardLimit() {
        return discardLimit;
    }

    /** {@return how much one request zeroes at most without sending the zeroes; 0 when they are sent} */
    public long writeZeroesLimit() {
        return writeZeroesLimit;
    }

    @Override
    public String toString() {
        return "logicalBlockSize=" + logicalBlockSize + ", physicalBlockSize=" + physicalBlockSize;
    }

    /** Collects the values of {@link BlockLimits}. Not for use by several threads. */
    public static final class Builder {
        private int logicalBlockSize;
        private int physicalBlockSize;
        private long optimalIoSize;
        private String writeCache = "";
        private boolean fua;
        private boolean rotational;
        private String zoneModel = "none";
        private long zoneSize;
        private long discardGranularity;
        private long discardLimit;
        private long writeZeroesLimit;

        private Builder() {}

        /** See {@link BlockLimits#logicalBlockSize()} and {@link BlockLimits#physicalBlockSize()}. */
        public Builder blocks(int logical, int physical) {
            logicalBlockSize = logical;
            physicalBlockSize = physical;
            return this;
        }

        /** See {@link BlockLimits#optimalIoSize()}. */
        public Builder optimalIoSize(long bytes) {
            optimalIoSize = bytes;
            return this;
        }

        /** See {@link BlockLimits#writeCache()} and {@link BlockLimits#hasFua()}. */
        public Builder writeCache(String mode, boolean hasFua) {
            writeCache = Objects.requireNonNull(mode);
            fua = hasFua;
            return this;
        }

        /** See {@link BlockLimits#isRotational()}. */
        public Builder rotational(boolean is) {
            rotational = is;
            return this;
        }

        /** See {@link BlockLimits#zoneModel()} and {@link BlockLimits#zoneSize()}. */
        public Builder zones(String model, long bytes) {
            zoneModel = Objects.requireNonNull(model);
            zoneSize = bytes;
            return this;
        }

        /** See {@link BlockLimits#discardGranularity()} and {@link BlockLimits#discardLimit()}. */
        public Builder discard(long granularity, long limit) {
            discardGranularity = granularity;
            discardLimit = limit;
            return this;
        }

        /** See {@link BlockLimits#writeZeroesLimit()}. */
        public Builder writeZeroesLimit(long bytes) {
            writeZeroesLimit = bytes;
            return this;
        }

        /** {@return the limits; the builder may go on} */
        public BlockLimits build() {
            return new BlockLimits(this);
        }
    }
}
