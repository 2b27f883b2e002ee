package io.pinion.itests;

import java.nio.ByteBuffer;

/** Blocks of a lane: each word tells lane, place and version, so that what is stale, lost or another's shows. */
final class Blocks {
    static final int SIZE = 4096;

    private final int lane;
    private final long start;

    /** What each block was written as last; the JDK's own type, so that it outlives the bundle that writes. */
    private final long[] versions;

    /** @param start where the lane's first block is in the volume */
    Blocks(int lane, long start, long[] versions) {
        this.lane = lane;
        this.start = start;
        this.versions = versions;
    }

    int count() {
        return versions.length;
    }

    long position(int block) {
        return start + (long) block * SIZE;
    }

    /** Fills the buffer from index 0 on with what is to be written next. */
    void fillNext(ByteBuffer buffer, int block) {
        for (int i = 0; i < SIZE / Long.BYTES; i++) {
            buffer.putLong(i * Long.BYTES, word(block, versions[block] + 1, i));
        }
    }

    /** The block has been written as it was filled. */
    void written(int block) {
        versions[block]++;
    }

    /** What the block was filled with may have been written or not: it was under way when its queue was closed. */
    void doubtful(int block) {
        versions[block] = ~versions[block];
    }

    /** Fails unless the buffer holds, from index 0 on, what was written last, one or the other where that is in doubt. */
    void check(ByteBuffer buffer, int block) {
        if (versions[block] < 0) {
            long before = ~versions[block];
            versions[block] = buffer.getLong(0) == word(block, before + 1, 0) ? before + 1 : before;
        }
        if (versions[block] == 0) {
            return;
        }
        for (int i = 0; i < SIZE / Long.BYTES; i++) {
            long found = buffer.getLong(i * Long.BYTES);
            long wanted = word(block, versions[block], i);
            if (found != wanted) {
                throw new IllegalStateException(String.format(
                        "lane %d, block %d, word %d: %016x, wanted %016x", lane, block, i, found, wanted));
            }
        }
    }

    private long word(int block, long version, int index) {
        return ((long) lane << 56 | (long) block << 48 | version << 16) + index;
    }
}
