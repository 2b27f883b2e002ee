package io.pinion.tck;

import java.nio.ByteBuffer;

/** The sorts of buffers that an application may pass; the address decides whether a transfer needs a copy. */
enum BufferKind {
    /** Heap memory, from the array's first byte on. */
    HEAP(false, 0),
    /** Heap memory, somewhere within an array. */
    HEAP_SLICE(false, 13),
    /** Direct memory on a page's boundary. */
    PAGE(true, 0),
    /** Direct memory on a sector's boundary, that is no page's. */
    SECTOR(true, 512),
    /** Direct memory at an odd address. */
    ODD(true, 1);

    static final int PAGE_SIZE = 4096;

    private final boolean direct;
    private final int shift;

    BufferKind(boolean direct, int shift) {
        this.direct = direct;
        this.shift = shift;
    }

    boolean isDirect() {
        return direct;
    }

    /** {@return a buffer of this sort; its first byte is what the sort speaks of} */
    ByteBuffer allocate(int capacity) {
        if (!direct) {
            return ByteBuffer.wrap(new byte[shift + capacity], shift, capacity).slice();
        }
        ByteBuffer pages = ByteBuffer.allocateDirect(PAGE_SIZE + shift + capacity + PAGE_SIZE)
                .alignedSlice(PAGE_SIZE);
        return pages.position(shift).limit(shift + capacity).slice();
    }
}
