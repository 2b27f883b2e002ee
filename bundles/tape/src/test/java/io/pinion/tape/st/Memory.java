package io.pinion.tape.st;

import java.nio.ByteBuffer;

/** Direct memory as the driver likes it. */
final class Memory {
    private static final int PAGE = 4096;

    private Memory() {}

    /** {@return so many bytes from the beginning of a page on} */
    static ByteBuffer aligned(int length) {
        int pages = (length + PAGE - 1) / PAGE + 1;
        return ByteBuffer.allocateDirect(pages * PAGE).alignedSlice(PAGE).slice(0, length);
    }
}
