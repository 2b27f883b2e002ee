package io.pinion.tape.st;

import io.pinion.linux.Errno;
import io.pinion.linux.SystemCalls;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a drive answers past its driver: READ POSITION with its bit for the end that is near, MODE SENSE of compression, serial number
 * and alerts; and its limits, if it has any.
 */
final class FakeCommands {
    private final FakeDrive drive;
    private final SystemCalls real;

    FakeCommands(FakeDrive drive, SystemCalls real) {
        this.drive = drive;
        this.real = real;
    }

    /** Answers a struct sg_io_hdr, with what it leads to. */
    int execute(ByteBuffer block) {
        long start = real.address(block);
        int command = (int) (block.getLong(24) - start);
        int data = (int) (block.getLong(16) - start);
        switch (block.get(command)) {
            case 0x34 -> block.put(data, (byte) (drive.at > drive.warning ? 0x40 : 0));
            case 0x1a ->
                block.put(data + 6, (byte) (block.get(command + 2) != 0x0f ? 0 : drive.compression ? 0xc0 : 0x40));
            case 0x12 -> block.put(data, new byte[] {1, (byte) 0x80, 0, 4, 'H', 'U', '4', '2'});
            case 0x4d -> alertPage(block, data);
            case 0x05 -> {
                if (drive.shortest == 0) {
                    return Errno.EPERM.result();
                }
                block.order(ByteOrder.BIG_ENDIAN)
                        .putInt(data, Integer.numberOfTrailingZeros(drive.granularity) << 24 | FakeDrive.LONGEST)
                        .putShort(data + 4, (short) drive.shortest)
                        .order(ByteOrder.nativeOrder());
            }
            default -> {
                return Errno.EPERM.result();
            }
        }
        return 0;
    }

    private void alertPage(ByteBuffer block, int data) {
        block.put(data, (byte) 0x2e);
        for (int flag = 1; flag <= 64; flag++) {
            int parameter = data + 4 + (flag - 1) * 5;
            block.put(parameter + 1, (byte) flag).put(parameter + 3, (byte) 1);
            block.put(parameter + 4, (byte) (drive.alerts.contains(flag) ? 1 : 0));
        }
        block.putInt(72, 4096 - 4 - 64 * 5);
    }
}
