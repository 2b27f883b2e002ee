package io.pinion.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The buffers of one transfer as the kernel takes several of them: an array of struct iovec (readv(2)). A buffer that is added
 * counts as transferred, so that one that comes twice is empty the second time; {@link #settle} puts right what is not. Whose
 * they are from {@link IoVectorPool#take} to {@link IoVectorPool#give} uses them alone; the buffers are held until they are
 * settled.
 */
public final class IoVectors {
    /** IOV_MAX. */
    public static final int MOST = 1024;

    private static final int BYTES = 2 * Long.BYTES;

    private final SystemCalls calls;
    private final ByteBuffer memory;
    private final long address;
    private final ByteBuffer[] buffers;
    private final int[] starts;
    private int count;
    private long total;

    /** @param room for how many buffers, {@link #MOST} at most */
    IoVectors(SystemCalls calls, int room) {
        this.calls = calls;
        memory = ByteBuffer.allocateDirect(room * BYTES).order(ByteOrder.nativeOrder());
        address = calls.address(memory);
        buffers = new ByteBuffer[room];
        starts = new int[room];
    }

    /** Adds what remains in a direct buffer. There must be room. */
    public void add(ByteBuffer buffer) {
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

    /** {@return how many buffers there are} */
    public int count() {
        return count;
    }

    /** {@return how many bytes there are} */
    public long total() {
        return total;
    }

    /**
     * Reads into the buffers by one preadv2(2), made again while that is nothing but postponed.
     *
     * @param how RWF_…
     * @return how many bytes were read, 0 at the end, or {@code -errno}
     */
    public long read(int descriptor, long offset, int how) {
        long result;
        int again = 0;
        do {
            result = calls.preadv2(descriptor, address, count, offset, how);
        } while (SystemCalls.isPostponed(result, again++));
        return result;
    }

    /**
     * Writes the buffers by one pwritev2(2), made again while that is nothing but postponed.
     *
     * @param how RWF_…
     * @return how many bytes were written, or {@code -errno}: of a write of nothing EIO, as it would be continued for ever
     */
    public long write(int descriptor, long offset, int how) {
        long result;
        int again = 0;
        do {
            result = calls.pwritev2(descriptor, address, count, offset, how);
        } while (SystemCalls.isPostponed(result, again++));
        return result == 0 ? Errno.EIO.result() : result;
    }

    /** Lets go of the buffers, their positions where the transfer of so many bytes in all has brought them. */
    public void settle(long done) {
        long left = done;
        for (int index = 0; index < count; index++) {
            ByteBuffer buffer = buffers[index];
            int length = buffer.limit() - starts[index];
            // One that was added empty may be one that comes twice, and stands where its transfer has brought it.
            if (length > 0) {
                int step = (int) Math.min(left, length);
                buffer.position(starts[index] + step);
                left -= step;
            }
            buffers[index] = null;
        }
        count = 0;
        total = 0;
    }
}
