package io.pinion.demo;

import java.nio.ByteBuffer;

/**
 * How a block's frame lies in its slot of the volume, and in memory. Most suit direct I/O as they are; one in eight
 * suits it in no way, so that a strategy has to copy it.
 */
enum Placement {
    /** A page-aligned direct buffer that covers the slot. */
    ALIGNED(0, Placement.PAGE) {
        @Override
        ByteBuffer allocate() {
            ByteBuffer memory = ByteBuffer.allocateDirect(SLOT + PAGE);
            return memory.alignedSlice(PAGE).slice(0, SLOT);
        }

        @Override
        int span(int length) {
            return SLOT;
        }
    },
    /** An array, at an odd offset, with an odd length. */
    ODD(1001, Frame.HEADER) {
        @Override
        ByteBuffer allocate() {
            return ByteBuffer.allocate(SLOT);
        }

        @Override
        int span(int length) {
            return Frame.HEADER + length;
        }
    };

    static final int PAGE = 4096;
    static final int SLOT = Source.BLOCK + PAGE;

    private static final int ODD_ONE_IN = 8;

    private final int shift;
    private final int payloadOffset;

    Placement(int shift, int payloadOffset) {
        this.shift = shift;
        this.payloadOffset = payloadOffset;
    }

    static Placement of(int block) {
        return block % ODD_ONE_IN == ODD_ONE_IN - 1 ? ODD : ALIGNED;
    }

    /** {@return how long a volume must be} */
    static long volumeSize(int blocks) {
        return (long) blocks * SLOT;
    }

    /** {@return memory for one frame} */
    abstract ByteBuffer allocate();

    /** {@return how many bytes a frame with so much payload takes on the volume} */
    abstract int span(int length);

    /** {@return where a block's frame starts on the volume} */
    long position(int block) {
        return (long) block * SLOT + shift;
    }

    /** {@return where in a frame the payload starts} */
    int payloadOffset() {
        return payloadOffset;
    }
}
