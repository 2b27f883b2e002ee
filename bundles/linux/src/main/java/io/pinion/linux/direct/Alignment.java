package io.pinion.linux.direct;

import io.pinion.linux.IoVectors;
import io.pinion.linux.Linux;
import io.pinion.linux.Statx;
import io.pinion.strategy.Geometry;
import java.nio.ByteBuffer;

/**
 * What O_DIRECT asks of a transfer on one file; all in bytes, all powers of two.
 *
 * @param memory what a buffer's address must be a multiple of
 * @param write what offset and length of a write must be multiples of
 * @param read what offset and length of a read must be multiples of
 */
public record Alignment(int memory, int write, int read) {
    /** What one system call is at its best with: larger ones gain nothing, smaller ones cost more per byte. */
    private static final int OPTIMAL = 1 << 20;

    private static final int QUEUE_DEPTH = 32;

    /** What any of them may be at most: no bounce buffer is smaller. */
    public static final int LARGEST = 64 << 10;

    /** {@return whether all of this can be: powers of two up to {@link #LARGEST}} */
    public boolean isPlausible() {
        return isPlausible(memory) && isPlausible(write) && isPlausible(read);
    }

    /** {@return whether a unit can be that of an alignment} */
    public static boolean isPlausible(int unit) {
        return Integer.bitCount(unit) == 1 && unit > 0 && unit <= LARGEST;
    }

    /** {@return the multiple of {@code unit} at or below the value} */
    public static long down(long value, int unit) {
        return value & -(long) unit;
    }

    /** {@return the multiple of {@code unit} at or above the value; the largest there is where that would overflow} */
    public static long up(long value, int unit) {
        return value > Long.MAX_VALUE - unit ? down(Long.MAX_VALUE, unit) : down(value + unit - 1, unit);
    }

    /** {@return whether the kernel can take what is at the index of the buffer as it is} */
    boolean suits(ByteBuffer buffer, int index) {
        return buffer.isDirect() && buffer.alignmentOffset(index, memory) == 0;
    }

    /** {@return whether all that remains in the buffer can go as it is, at a position that is to be a multiple of {@code unit}} */
    boolean suits(ByteBuffer buffer, long position, int unit) {
        return ((position | buffer.remaining()) & (unit - 1)) == 0 && suits(buffer, buffer.position());
    }

    /**
     * {@return what callers are told}
     *
     * @param block the file system's block size
     */
    public Geometry geometry(int block) {
        return Geometry.builder()
                .logicalBlockSize(write)
                .physicalBlockSize(Math.max(write, block))
                .memoryAlignment(memory)
                .offsetAlignment(write)
                .lengthAlignment(write)
                .optimalIoSize(OPTIMAL)
                .queueDepth(QUEUE_DEPTH)
                .scatterGather(IoVectors.MOST)
                .build();
    }

    /** {@return the geometry with the atomic writes that the kernel tells of; as it is where it tells what can't be} */
    public static Geometry withAtomicWrites(Geometry geometry, Statx stat) {
        return stat.has(Linux.STATX_WRITE_ATOMIC)
                ? withAtomicWrites(geometry, stat.atomicWriteMinimum(), stat.atomicWriteMaximum())
                : geometry;
    }

    static Geometry withAtomicWrites(Geometry geometry, int least, int most) {
        boolean plausible = Integer.bitCount(least) == 1
                && Integer.bitCount(most) == 1
                && least >= geometry.logicalBlockSize()
                && least <= most;
        return plausible ? geometry.toBuilder().atomicWrites(least, most).build() : geometry;
    }
}
