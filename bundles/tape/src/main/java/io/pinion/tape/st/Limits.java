package io.pinion.tape.st;

import io.pinion.linux.tape.ScsiCommands;
import io.pinion.linux.tape.TapeDevice;
import java.nio.ByteBuffer;

/**
 * How long a drive's records may be, in bytes (READ BLOCK LIMITS, SSC-3, 7.5). Where it can't be asked, what the driver
 * takes.
 *
 * @param known whether the drive said so
 */
record Limits(int shortest, int longest, boolean known) {
    static final Limits UNKNOWN = new Limits(1, TapeDevice.LONGEST_RECORD, false);

    static Limits of(ScsiCommands scsi) {
        byte[] told = scsi.blockLimits();
        if (told.length < 6) {
            return UNKNOWN;
        }
        ByteBuffer answer = ByteBuffer.wrap(told);
        int longest = answer.getInt(0) & TapeDevice.LONGEST_RECORD;
        int shortest = Short.toUnsignedInt(answer.getShort(4));
        return longest == 0 ? UNKNOWN : new Limits(Math.max(1, shortest), Math.max(longest, shortest), true);
    }

    boolean allows(int length) {
        return length >= shortest && length <= longest;
    }

    @Override
    public String toString() {
        return known
                ? "the drive takes records of " + shortest + " to " + longest + " bytes"
                : "the drive's limits are not known (READ BLOCK LIMITS by SG_IO needs CAP_SYS_RAWIO); the driver takes up to "
                        + longest + " bytes";
    }
}
