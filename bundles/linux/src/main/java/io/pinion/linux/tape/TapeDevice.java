package io.pinion.linux.tape;

import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The calls on a tape drive that is open (st(4), the kernel's Documentation/scsi/st.rst), by a descriptor that is somebody
 * else's: see {@link io.pinion.strategy.Claim#descriptor()}. A negative result is {@code -errno}. A signal makes the driver
 * give up while it waits for its own lock, before it has done anything, so each call is repeated as long as it says EINTR;
 * once the drive has a command, nothing ends the wait. Allocates nothing per call. Not for use by several threads.
 */
public final class TapeDevice {
    /** The largest count of SPACE (6) and WRITE FILEMARKS (6), whose counts have 24 bits and a sign (SSC-3, 7.8). */
    public static final int MOST_AT_ONCE = 0x7fffff;

    /** The longest record of READ (6) and WRITE (6), which are all that the driver has (SSC-3, 7.4). */
    public static final int LONGEST_RECORD = 0xffffff;

    private final SystemCalls calls;
    private final int descriptor;

    /** A struct mtop: short mt_op at 0, int mt_count at 4. */
    private final ByteBuffer operation = structure(8);

    /** A struct mtpos: long mt_blkno. */
    private final ByteBuffer position = structure(8);

    private final DriverStatus status = new DriverStatus();
    private long recoveredErrors;

    /** @param descriptor stays its owner's, who keeps it open as long as this is used */
    public TapeDevice(SystemCalls calls, int descriptor) {
        this.calls = Objects.requireNonNull(calls);
        this.descriptor = descriptor;
    }

    static ByteBuffer structure(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }

    /** {@return what asks the drive itself, past the driver} */
    public ScsiCommands scsi() {
        return new ScsiCommands(calls, descriptor);
    }

    /**
     * read(2) of a record, in fixed mode of so many blocks, into a direct buffer from {@code index} on.
     *
     * @return its length in bytes; 0 at a file mark, and at the end of data; ENOMEM for a record that is longer
     */
    public long read(ByteBuffer buffer, int index, int length) {
        for (int again = 0; ; again++) {
            long result = calls.read(descriptor, buffer, index, length);
            if (result >= 0 || !SystemCalls.isPostponed(result, again)) {
                return result;
            }
        }
    }

    /**
     * write(2) of a record, in fixed mode of so many blocks, from a direct buffer from {@code index} on.
     *
     * @return how much was written; ENOSPC when the end is near or there, and nothing of this was written
     */
    public long write(ByteBuffer buffer, int index, int length) {
        for (int again = 0; ; again++) {
            long result = calls.write(descriptor, buffer, index, length);
            if (result >= 0 || !SystemCalls.isPostponed(result, again)) {
                return result;
            }
        }
    }

    /**
     * MTIOCTOP: has the driver do something with the tape, and waits for its end.
     *
     * @param what MTREW, MTWEOF …
     * @param count how often, or its argument
     * @return 0, or {@code -errno}
     */
    public int operate(int what, int count) {
        operation.putShort(0, (short) what).putInt(4, count);
        return ioctl(Linux.MTIOCTOP, operation);
    }

    /**
     * MTIOCPOS: asks the drive where the tape stands.
     *
     * @return the block address, or {@code -errno}: EIO when the drive can't tell, has no tape, or was reset
     */
    public long position() {
        int result = ioctl(Linux.MTIOCPOS, position);
        // The driver has 32 bits of it, in a long that is not told from its sign.
        return result < 0 ? result : position.getLong(0) & 0xffffffffL;
    }

    /**
     * MTIOCGET: has the driver fill in {@link #status()} from what it knows; the drive gets no command.
     *
     * @return 0, or {@code -errno}: EIO from some kernels after a reset
     */
    public int look() {
        int result = ioctl(Linux.MTIOCGET, status.data());
        // The driver forgets the number when it has told it.
        recoveredErrors += result < 0 ? 0 : status.recoveredErrors();
        return result;
    }

    /** {@return how many errors the drive has mended, of those that the driver told of when it was looked at} */
    public long recoveredErrors() {
        return recoveredErrors;
    }

    /** {@return what the driver told when it was {@linkplain #look() looked at} last; always the same object} */
    public DriverStatus status() {
        return status;
    }

    private int ioctl(long request, ByteBuffer argument) {
        for (int again = 0; ; again++) {
            int result = calls.ioctl(descriptor, request, argument);
            if (result >= 0 || !SystemCalls.isPostponed(result, again)) {
                return result;
            }
        }
    }
}
