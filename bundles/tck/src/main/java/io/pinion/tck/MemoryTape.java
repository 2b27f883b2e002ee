package io.pinion.tck;

import io.pinion.strategy.TapeStatus;
import io.pinion.strategy.TapeStatus.Condition;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A tape in its drive: blocks in memory one behind the other, and a place between two of them, which is the drive's and not
 * a channel's. Nothing is allocated for a block where there was one before. For one thread at a time.
 */
final class MemoryTape {
    private final long capacity;
    private final long earlyWarning;
    private byte[] bytes = new byte[1 << 16];
    /** Where each block ends in the bytes; one that ends where it begins is a file mark. */
    private int[] ends = new int[64];

    private int end;
    private int at;
    private int blockSize;
    private boolean compressing;
    private boolean loaded = true;

    MemoryTape(long capacity, long earlyWarning) {
        this.capacity = capacity;
        this.earlyWarning = earlyWarning;
    }

    /** {@return the place: how many blocks lie before it} */
    int at() {
        return at;
    }

    /** {@return how many blocks there are} */
    int end() {
        return end;
    }

    boolean isMark(int block) {
        return length(block) == 0;
    }

    int length(int block) {
        return ends[block] - start(block);
    }

    private int start(int block) {
        return block == 0 ? 0 : ends[block - 1];
    }

    /** {@return whether the end is near, with what lies before the place} */
    boolean isEndNear() {
        return start(at) > capacity - earlyWarning;
    }

    /** {@return whether a record of this length fits behind the place} */
    boolean hasRoom(int length) {
        return start(at) <= capacity - length;
    }

    /** {@return whether a block of just this length lies behind the place} */
    boolean isNext(int length) {
        return at < end && length(at) == length;
    }

    void moveTo(int block) {
        at = block;
    }

    /** {@return whether nothing is left to pass, in the direction that the sign tells} */
    boolean isStopped(long direction) {
        return at == (direction > 0 ? end : 0);
    }

    /** {@return whether it was a file mark that was passed, in the direction that the sign tells} */
    boolean pass(long direction) {
        int passed = direction > 0 ? at : at - 1;
        at = direction > 0 ? passed + 1 : passed;
        return isMark(passed);
    }

    /** Passes the record behind the place, and puts it into the buffer, which has room. */
    void read(ByteBuffer target) {
        target.put(bytes, start(at), length(at));
        at++;
    }

    /** Adds a record of what comes next in the buffer, for which there is room, or a file mark if that is nothing. */
    void write(ByteBuffer source, int length) {
        int from = start(at);
        while (bytes.length < from + length) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        if (ends.length == at) {
            ends = Arrays.copyOf(ends, 2 * at);
        }
        source.get(bytes, from, length);
        ends[at++] = from + length;
        cut();
    }

    /** Loses what lies behind the place. */
    void cut() {
        end = at;
    }

    int blockSize() {
        return blockSize;
    }

    void setBlockSize(int length) {
        blockSize = length;
    }

    void setCompressing(boolean on) {
        compressing = on;
    }

    boolean isLoaded() {
        return loaded;
    }

    /** Loads or unloads the tape, and is at its beginning. */
    void setLoaded(boolean nowLoaded) {
        loaded = nowLoaded;
        at = 0;
    }

    TapeStatus status() {
        return TapeStatus.builder()
                .is(Condition.READY, loaded)
                .is(Condition.BEGINNING_OF_PARTITION, loaded && at == 0)
                .is(Condition.FILE_MARK, loaded && at > 0 && isMark(at - 1))
                .is(Condition.END_OF_DATA, loaded && at == end)
                .is(Condition.EARLY_WARNING, loaded && isEndNear())
                .blockSize(blockSize)
                .compression(compressing)
                .build();
    }
}
