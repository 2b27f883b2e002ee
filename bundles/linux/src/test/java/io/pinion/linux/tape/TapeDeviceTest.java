package io.pinion.linux.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.Linux;
import io.pinion.linux.ScriptedCalls;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TapeDeviceTest {
    private static final int DESCRIPTOR = 1_000_000;

    private final ScriptedCalls script = new ScriptedCalls();
    private final TapeDevice device = new TapeDevice(script.calls(), DESCRIPTOR);

    private void answer(long request, int result, byte[] bytes) {
        script.answer("ioctl", 1, a -> a[0].equals(DESCRIPTOR) && a[1].equals(request), a -> {
            ((ByteBuffer) a[2]).put(0, bytes);
            return result;
        });
    }

    private static byte[] little(long... longs) {
        ByteBuffer bytes = TapeDevice.structure(longs.length * Long.BYTES);
        for (long value : longs) {
            bytes.putLong(value);
        }
        byte[] all = new byte[bytes.capacity()];
        bytes.get(0, all);
        return all;
    }

    @Test
    void operatesAsTheHeaderLaysItOut() {
        script.answer("ioctl", 1, a -> a[1].equals(Linux.MTIOCTOP), a -> {
            ByteBuffer mtop = (ByteBuffer) a[2];
            assertEquals(8, mtop.capacity());
            assertEquals(Linux.MTSEEK, mtop.getShort(0));
            assertEquals(0xfffffffe, mtop.getInt(4));
            return 0;
        });
        assertEquals(0, device.operate(Linux.MTSEEK, (int) 4_294_967_294L));
    }

    @Test
    void readsPositionsBeyondTheSign() {
        answer(Linux.MTIOCPOS, 0, little(0xffffffff_fffffffeL));
        assertEquals(4_294_967_294L, device.position());
        answer(Linux.MTIOCPOS, Errno.EIO.result(), new byte[0]);
        assertEquals(Errno.EIO.result(), device.position());
    }

    @Test
    void readsTheStatus() {
        int bits = Linux.GMT_ONLINE | Linux.GMT_EOF | Linux.GMT_WR_PROT;
        for (int i = 0; i < 2; i++) {
            answer(Linux.MTIOCGET, 0, little(0x72, 1, 0x46000400L, bits, 3, 7L << 32 | 5));
            assertEquals(0, device.look());
        }
        DriverStatus status = device.status();
        assertEquals(1, status.partition());
        assertEquals(1024, status.blockSize());
        assertEquals(0x46, status.density());
        assertEquals(6, device.recoveredErrors());
        assertEquals(5, status.fileNumber());
        assertTrue(status.is(Linux.GMT_EOF) && status.is(Linux.GMT_ONLINE) && status.is(Linux.GMT_WR_PROT));
        assertFalse(status.is(Linux.GMT_EOD) || status.is(Linux.GMT_EOT) || status.is(Linux.GMT_BOT));
    }

    @Test
    void repeatsWhatASignalInterrupted() {
        script.fail("ioctl", 2, a -> true, Errno.EINTR);
        answer(Linux.MTIOCPOS, 0, little(9));
        assertEquals(9, device.position());
        script.fail("write", 2, a -> true, Errno.EINTR);
        script.answer("write", 1, a -> true, a -> (int) a[3]);
        assertEquals(5, device.write(ByteBuffer.allocateDirect(10), 3, 5));
        script.fail("read", 1, a -> true, Errno.EINTR);
        script.fail("read", 1, a -> true, Errno.ENOMEM);
        assertEquals(Errno.ENOMEM.result(), device.read(ByteBuffer.allocateDirect(10), 0, 10));
    }

    /** What is open is no drive: each call says so. */
    @Test
    void saysWhatIsNoDrive() {
        assertEquals(Errno.EBADF.result(), device.position());
        assertEquals(Errno.EBADF.result(), device.look());
        assertEquals(Errno.EBADF.result(), device.operate(Linux.MTREW, 1));
        assertEquals(0, device.scsi().blockLimits().length);
    }

    private void command(int status, byte[] sense, byte[] data, int residual, byte... expected) {
        script.answer("ioctl", 1, a -> a[1].equals(Linux.SG_IO), a -> {
            ByteBuffer block = (ByteBuffer) a[2];
            assertEquals('S', block.getInt(0));
            assertEquals(expected.length, block.get(8));
            long start = script.real().address(block);
            byte[] command = new byte[expected.length];
            block.get((int) (block.getLong(24) - start), command);
            assertArrayEquals(expected, command);
            block.put((int) (block.getLong(32) - start), sense);
            block.put((int) (block.getLong(16) - start), data);
            block.put(64, (byte) status).putInt(72, residual);
            return 0;
        });
    }

    @Test
    void asksTheDriveItself() {
        ScsiCommands scsi = device.scsi();
        byte[] limits = {0, 0x10, 0, 0, 2, 0};
        command(0, new byte[0], limits, 0, (byte) 5, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
        assertArrayEquals(limits, scsi.blockLimits());
        byte[] page = {1, (byte) 0x80, 0, 3, 'a', 'b', 'c'};
        command(0, new byte[0], page, 255 - page.length, (byte) 0x12, (byte) 1, (byte) 0x80, (byte) 0, (byte) -1, (byte)
                0);
        assertArrayEquals(page, scsi.inquiry(0x80));
        command(2, new byte[0], page, 0, (byte) 0x1a, (byte) 8, (byte) 0x0f, (byte) 0, (byte) -1, (byte) 0);
        assertEquals(0, scsi.mode(0x0f).length);
    }

    /** The information field has what was asked for less what there is, in two's complement. */
    @Test
    void measuresARecordBySenseData() {
        byte[] read = {8, 0, 0, 2, 0, 0};
        byte[] tooLong = {(byte) 0xf0, 0, 0x20, -1, -1, (byte) 0xf0, 0};
        command(2, tooLong, new byte[0], 0, read);
        assertEquals(512 + 4096, device.scsi().recordLength(512));
        byte[] mark = {(byte) 0xf0, 0, (byte) 0x80, 0, 0, 2, 0};
        command(2, mark, new byte[0], 0, read);
        assertEquals(-1, device.scsi().recordLength(512));
        command(0, new byte[0], new byte[0], 0, read);
        assertEquals(-1, device.scsi().recordLength(512));
        assertEquals(-1, device.scsi().recordLength(ScsiCommands.ROOM + 1));
    }
}
