package io.pinion.linux.tape;

import io.pinion.linux.Linux;
import java.nio.ByteBuffer;

/**
 * A struct mtget (linux/mtio.h): what the driver knows of drive and tape. Its block number is not what the tape's place is
 * judged by: after a flush (MTWEOF with count 0) it is 0 wherever the tape stands. Not for use by several threads.
 */
public final class DriverStatus {
    private static final int SIZE = 48;
    private static final int PARTITION = 8;
    private static final int SETTINGS = 16;
    private static final int CONDITIONS = 24;
    private static final int ERRORS = 32;
    private static final int FILE_NUMBER = 40;

    private final ByteBuffer data = TapeDevice.structure(SIZE);

    DriverStatus() {}

    ByteBuffer data() {
        return data;
    }

    /** {@return whether one of the conditions is so, GMT_…} */
    public boolean is(int conditions) {
        return ((int) data.getLong(CONDITIONS) & conditions) != 0;
    }

    /** {@return the partition that the tape stands in} */
    public int partition() {
        return (int) data.getLong(PARTITION);
    }

    /** {@return bytes of a block in fixed mode; 0 in variable mode} */
    public int blockSize() {
        return (int) data.getLong(SETTINGS) & Linux.MT_ST_BLKSIZE_MASK;
    }

    /** {@return the code of the density} */
    public int density() {
        return (int) data.getLong(SETTINGS) >>> Linux.MT_ST_DENSITY_SHIFT;
    }

    /** {@return how many errors the drive has mended since it was looked at before} */
    int recoveredErrors() {
        return (int) data.getLong(ERRORS) & Linux.MT_ST_SOFTERR_MASK;
    }

    /** {@return how many file marks are before the tape's place; negative when the driver does not know} */
    public int fileNumber() {
        return data.getInt(FILE_NUMBER);
    }
}
