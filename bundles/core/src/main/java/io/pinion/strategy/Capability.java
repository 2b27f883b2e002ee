package io.pinion.strategy;

/**
 * What a driver can do on a target beyond plain transfers, as its {@link Examination} declares it. More constants will
 * come: a reader needs a default branch.
 */
public enum Capability {
    /**
     * Transfers reach the kernel (or the device) in the caller's own memory, except those that the driver reports to
     * the {@link TransferMeter} as bounced. Without this every byte counts as bounced.
     */
    ZERO_COPY,
    /** {@link TransferFlags#DURABLE} is done by the driver, as cheaply as the device can (FUA, {@code RWF_DSYNC}). */
    DURABLE_WRITES,
    /**
     * {@link TransferFlags#ATOMIC} is honoured for what {@link Geometry#allowsAtomicWrite}, whose limits the geometry must
     * have; core refuses all else.
     */
    ATOMIC_WRITES,
    /** {@link TransferFlags#UNCACHED} is honoured: a transfer leaves nothing in the page cache, as it says there. */
    UNCACHED_TRANSFERS,
    /** {@link PositionalChannel#openQueue} gives a queue of the driver's own instead of core's, built on threads. */
    NATIVE_QUEUE,
    /** {@link PositionalChannel#setSize} works: the target has a length that can change. */
    SET_SIZE,
    /** The channel adapts to {@link Discard}. */
    DISCARD,
    /** The channel adapts to {@link WriteZeroes}. */
    WRITE_ZEROES,
    /** The channel adapts to {@link Resize}. */
    RESIZE,
    /** The channel adapts to {@link Zones}. */
    ZONES,
    /** {@link TapeChannel#setBlockSize} works. */
    FIXED_BLOCKS,
    /** {@link TapeChannel#setDensity} works. */
    DENSITY,
    /** {@link TapeChannel#setCompression} works. */
    COMPRESSION,
    /** {@link TapeChannel#erase} works. */
    ERASE,
    /** {@link TapeChannel#load} and {@link TapeChannel#unload} work. */
    LOAD,
    /** A tape may have several partitions, which {@link TapeChannel#locate} tells apart. */
    PARTITIONS
}
