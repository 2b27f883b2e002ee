package io.pinion.tape.image;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;

/**
 * Has the kernel begin to write to the disk what a stream of records has put into the page cache, long before the flush that
 * waits for all of it (sync_file_range(2), which is no promise, and waits for nothing that was begun). Else the disk would rest
 * while records come, and records while the disk works: see docs/decisions/0032-an-image-is-written-behind.md. In pieces, so that no
 * page is begun that the next record changes. For one thread at a time; allocates nothing.
 */
final class WriteBehind {
    /** How much is begun at once, at multiples of that. */
    static final long PIECE = 4L << 20;

    private final SystemCalls calls;
    private final int descriptor;

    /** Up to where it was begun, and up to where was written, in the stream that goes on. */
    private long begun;

    private long end;

    WriteBehind(SystemCalls calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
    }

    /** So many bytes were written there. What does not go on where the last ones ended begins a stream. */
    void written(long offset, long length) {
        if (offset != end) {
            begun = offset & -PIECE;
        }
        end = offset + length;
        long whole = end & -PIECE;
        if (whole > begun) {
            // What it says of a failure the flush says, too.
            calls.syncFileRange(descriptor, begun, whole - begun, Linux.SYNC_FILE_RANGE_WRITE);
            begun = whole;
        }
    }
}
