package io.pinion.linux.tape;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import java.nio.ByteBuffer;

/**
 * SCSI commands to a tape drive, past its driver, by the driver's own descriptor: st(4) passes SG_IO on to those who have
 * CAP_SYS_RAWIO, with or without an sg node. Moving the tape is the driver's business, which keeps count: the two commands here
 * that move it undo each other. The drive tells each host once that it was reset, in answer to the next command, whoever sends
 * it: so ask the driver for something first, so that it is the one that learns of it. Not for use by several threads.
 */
public final class ScsiCommands {
    /** How much a command can bring at most. */
    public static final int ROOM = 4096;

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int COMMAND = 96;
    private static final int SENSE = 128;
    private static final int SENSE_LENGTH = 64;
    private static final int DATA = 256;
    private static final int STATUS = 64;
    private static final int HOST_STATUS = 68;
    private static final int RESIDUAL = 72;
    private static final int CHECK_CONDITION = 2;

    private final SystemCalls calls;
    private final int descriptor;

    /** A struct sg_io_hdr (scsi/sg.h), and behind it what it leads to: command, sense data, data. */
    private final ByteBuffer block = TapeDevice.structure(DATA + ROOM);

    private final long address;

    ScsiCommands(SystemCalls calls, int descriptor) {
        this.calls = calls;
        this.descriptor = descriptor;
        address = calls.address(block);
    }

    /**
     * INQUIRY (SPC-4, 6.4) of a page of vital product data.
     *
     * @return the page, with its header; empty when the drive, or the kernel, gave none
     */
    public byte[] inquiry(int page) {
        return answer(255, 0x12, 1, page, 0, 255, 0);
    }

    /** {@return a page of counters, with its header (LOG SENSE, SPC-4, 6.7), as {@link #inquiry}} */
    public byte[] log(int page) {
        return answer(ROOM, 0x4d, 0, 0x40 | page, 0, 0, 0, 0, ROOM >> 8, 0, 0);
    }

    /** {@return a page of settings, behind its header of 4 bytes and no block descriptor (MODE SENSE, SPC-4, 6.11)} */
    public byte[] mode(int page) {
        return answer(255, 0x1a, 0x08, page, 0, 255, 0);
    }

    /**
     * {@return the answer to READ BLOCK LIMITS (SSC-3, 7.5): the longest record in bytes 1 to 3, the shortest in 4 and 5, by what
     * they differ, as a power of two, in the low five bits of byte 0}
     */
    public byte[] blockLimits() {
        return answer(6, 0x05, 0, 0, 0, 0, 0);
    }

    /**
     * {@return whether the tape stands between early warning and end (READ POSITION, SSC-3, 7.7); not where the drive can't
     * tell}
     */
    public boolean isNearEnd() {
        byte[] position = answer(20, 0x34, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        return position.length > 0 && (position[0] & 0x40) != 0;
    }

    /**
     * {@return whether all that the drive holds is on the medium now (WRITE FILEMARKS of none, without IMMED; SSC-3, 7.12)}
     */
    public boolean flush() {
        return execute(0, 0x10, 0, 0, 0, 0, 0) == 0;
    }

    /** {@return whether the tape went back over a record (SPACE, SSC-3, 7.8)} */
    public boolean backOverRecord() {
        return execute(0, 0x11, 0, 0xff, 0xff, 0xff, 0) == 0;
    }

    /**
     * Reads the beginning of the record in front of the tape, in variable mode, to learn from the sense data how long it is
     * (READ, SSC-3, 7.4: the information field has the difference). The tape is behind the record then, unless the result is
     * negative.
     *
     * @param length how much to read of it: less than it has, at least as much as the drive reads at all, {@link #ROOM} at
     *     most
     * @return the record's length, or -1 when that was not to be had
     */
    public int recordLength(int length) {
        if (length < 1 || length > ROOM) {
            return -1;
        }
        int status = execute(length, 0x08, 0, length >> 16, length >> 8, length, 0);
        // Fixed format, current error, information valid; incorrect length without a mark or an end.
        boolean told =
                status == CHECK_CONDITION && (block.get(SENSE) & 0xff) == 0xf0 && (block.get(SENSE + 2) & 0xef) == 0x20;
        int difference = Integer.reverseBytes(block.getInt(SENSE + 3));
        return told ? length - difference : -1;
    }

    private byte[] answer(int length, int... command) {
        if (execute(length, command) != 0) {
            return new byte[0];
        }
        byte[] answer = new byte[length - Math.max(0, Math.min(length, block.getInt(RESIDUAL)))];
        block.get(DATA, answer);
        return answer;
    }

    /** {@return the status (SAM-4, 5.3.1), which is 0 when it went well; or {@code -errno}} */
    private int execute(int length, int... command) {
        for (int i = 0; i < DATA; i += Long.BYTES) {
            block.putLong(i, 0);
        }
        for (int i = 0; i < command.length; i++) {
            block.put(COMMAND + i, (byte) command[i]);
        }
        block.putInt(0, 'S')
                .putInt(4, length == 0 ? Linux.SG_DXFER_NONE : Linux.SG_DXFER_FROM_DEV)
                .put(8, (byte) command.length)
                .put(9, (byte) SENSE_LENGTH)
                .putInt(12, length)
                .putLong(16, address + DATA)
                .putLong(24, address + COMMAND)
                .putLong(32, address + SENSE)
                .putInt(40, TIMEOUT_MILLIS);
        int result = (int) SystemCalls.uninterrupted(() -> calls.ioctl(descriptor, Linux.SG_IO, block));
        if (result < 0) {
            return result;
        }
        // A command that the drive never got has no status of its own.
        return block.getShort(HOST_STATUS) == 0 ? block.get(STATUS) : Errno.EIO.result();
    }
}
