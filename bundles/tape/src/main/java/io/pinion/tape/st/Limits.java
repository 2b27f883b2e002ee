package io.pinion.tape.st;

import io.pinion.linux.tape.ScsiCommands;
import io.pinion.linux.tape.TapeDevice;
import java.nio.ByteBuffer;

/**
 * How long a drive's records may be, in bytes (READ BLOCK LIMITS, SSC-3, 7.5). Where it can't be asked, what the driver
 * takes.
 *
 * @param granularity by what they differ, as the drive says: a power of two. Nothing goes by it, as nothing in the driver does: the
 *     drives of scsi_debug and tgt tell 16 and 512, and take records of any length
 * @param known whether the drive said so
 */
record Limits(int shortest, int longest, int granularity, boolean known) {
    static final Limits UNKNOWN = new Limits(1, TapeDevice.LONGEST_RECORD, 1, false);

    private static final int GRANULARITY = 0x1f;

    static Limits of(ScsiCommands scsi) {
        byte[] told = scsi.blockLimits();
        if (told.length < 6) {
            return UNKNOWN;
        }
        ByteBuffer answer = ByteBuffer.wrap(told);
        int longest = answer.getInt(0) & TapeDevice.LONGEST_RECORD;
        int shortest = Short.toUnsignedInt(answer.getShort(4));
        int granularity = 1 << Math.min(answer.get(0) & GRANULARITY, 24);
        if (longest == 0) {
            return UNKNOWN;
        }
        return new Limits(Math.max(1, shortest), Math.max(longest, shortest), granularity, true);
    }

    /** As {@link io.pinion.strategy.Geometry#allowsRecord}. */
    boolean allows(int length) {
        return length >= shortest && length <= longest;
    }

    @Override
    public String toString() {
        return known
                ? "the drive takes records of " + shortest + " to " + longest + " bytes"
                        + (granularity == 1 ? "" : ", by what it says in steps of " + granularity)
                : "the drive's limits are not known (READ BLOCK LIMITS by SG_IO needs CAP_SYS_RAWIO); the driver takes up to "
                        + longest + " bytes";
    }
}
