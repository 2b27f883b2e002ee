package io.pinion.tape.st;

import io.pinion.linux.SystemCalls;
import io.pinion.linux.tape.TapeDevice;
import io.pinion.linux.tape.TapeSysfs;
import io.pinion.strategy.TransferMeter;
import io.pinion.strategy.TransferMeter.Cause;
import java.nio.ByteBuffer;

/**
 * Moves the bytes of records. The driver has the adapter transfer from and to the caller's memory when {@code try_direct_io}
 * is on, the address is aligned and the pages fit the segments; else it copies, and then it writes behind and tells of an
 * error late. What is not aligned, or no direct memory, goes through a buffer here that is, so that an error is its own
 * record's. Results are counts or {@code -errno}; positions of buffers stay. Allocates nothing once the buffer is as large as
 * the records. For the channel's thread alone.
 */
final class Transfers {
    private final SystemCalls calls;
    private final TapeDevice device;
    private final boolean direct;
    private final int page;
    private final int longestDirect;
    private final Cause heap;
    private final Cause address;
    private final Cause off;
    private final Cause segments;
    private final Cause small;
    private ByteBuffer bounce = ByteBuffer.allocateDirect(0);
    private boolean behind;

    Transfers(SystemCalls calls, TapeDevice device, TapeSysfs sysfs, TransferMeter meter) {
        this.calls = calls;
        this.device = device;
        // The driver takes it over when the drive is attached, and keeps to it.
        direct = sysfs.triesDirect();
        page = calls.pageSize();
        longestDirect = (int) Math.min(Integer.MAX_VALUE, (long) page * sysfs.segments());
        heap = meter.cause("heap buffer");
        address = meter.cause("buffer address is not a multiple of " + page);
        off = meter.cause("the driver copies: try_direct_io=0");
        segments = meter.cause("the driver copies: the record is longer than " + longestDirect
                + ", which is as many pages as max_sg_segs and the adapter's sg_tablesize allow");
        small = meter.cause("buffer shorter than the drive's shortest record");
    }

    /**
     * Reads a record into what remains in the buffer.
     *
     * @param length how much to ask of the drive; where that is more than remains, and more comes, nothing is in the buffer
     */
    long read(ByteBuffer target, int length) {
        Cause cause = cause(target, length);
        if (cause == null || isDriverCopying(cause) && target.isDirect()) {
            long result = device.read(target, target.position(), length);
            count(cause, result);
            return result;
        }
        ByteBuffer memory = bounce(length);
        long result = device.read(memory, 0, length);
        if (result > 0 && result <= target.remaining()) {
            target.put(target.position(), memory, 0, (int) result);
        }
        count(cause, result);
        return result;
    }

    /** Writes what remains in the buffer as one record, in fixed mode as so many blocks. */
    long write(ByteBuffer source) {
        int length = source.remaining();
        Cause cause = cause(source, length);
        behind = cause != null && isDriverCopying(cause);
        long result;
        if (cause == null || behind && source.isDirect()) {
            result = device.write(source, source.position(), length);
        } else {
            ByteBuffer memory = bounce(length);
            memory.put(0, source, source.position(), length);
            result = device.write(memory, 0, length);
        }
        count(cause, result);
        return result;
    }

    /** {@return whether what was written last may not have reached the drive yet, whose errors come later then} */
    boolean isWrittenBehind() {
        return behind;
    }

    private static void count(Cause cause, long result) {
        if (cause != null && result > 0) {
            cause.bounced(result);
        }
    }

    private boolean isDriverCopying(Cause cause) {
        return cause == off || cause == segments;
    }

    /** {@return why what remains is copied on its way; null when it is not} */
    private Cause cause(ByteBuffer buffer, int length) {
        if (length > buffer.remaining()) {
            return small;
        }
        if (!direct) {
            return off;
        }
        if (length > longestDirect) {
            return segments;
        }
        if (!buffer.isDirect()) {
            return heap;
        }
        return (calls.address(buffer) + buffer.position()) % page == 0 ? null : address;
    }

    private ByteBuffer bounce(int length) {
        if (bounce.capacity() < length) {
            int room = (length + page - 1) / page * page;
            bounce = ByteBuffer.allocateDirect(room + page).alignedSlice(page).slice(0, room);
        }
        return bounce;
    }
}
