package io.pinion.direct;

import io.pinion.linux.SystemCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The buffers of one transfer as the kernel takes several of them: an array of struct iovec (readv(2)). A buffer that is added
 * counts as transferred, so that one that comes twice is empty the second time; {@link #settle} puts right what is not.
 */
final class Vectors {
    /** IOV_MAX. */
    static final int MOST = 1024;

    private static final int BYTES = 2 * Long.BYTES;

    private final SystemCalls calls;
    private final ByteBuffer memory = ByteBuffer.allocateDirect(MOST * BYTES).order(ByteOrder.nativeOrder());
    private final long address;
    private final ByteBuffer[] buffers = new ByteBuffer[MOST];
    private final int[] starts = new int[MOST];
    private int count;
    private long total;

    Vectors(SystemCalls calls) {
        this.calls = calls;
        address = calls.address(memory);
    }

    /** Adds what remains in a direct buffer. There must be room. */
    void add(ByteBuffer buffer) {
        int start = buffer.position();
        int length = buffer.remaining();
        memory.putLong(count * BYTES, calls.address(buffer) + start);
        memory.putLong(count * BYTES + Long.BYTES, length);
        buffers[count] = buffer;
        starts[count] = start;
        count++;
        total += length;
        buffer.position(start + length);
    }

    /** {@return where the array is} */
    long address() {
        return address;
    }

    /** {@return how many buffers there are} */
    int count() {
        return count;
    }

    /** {@return how many bytes there are} */
    long total() {
        return total;
    }

    /** Lets go of the buffers, their positions where the transfer of so many bytes in all has brought them. */
    void settle(long done) {
        long left = done;
        for (int index = 0; index < count; index++) {
            ByteBuffer buffer = buffers[index];
            int step = (int) Math.min(left, buffer.limit() - starts[index]);
            buffer.position(starts[index] + step);
            buffers[index] = null;
            left -= step;
        }
        count = 0;
        total = 0;
    }
}
