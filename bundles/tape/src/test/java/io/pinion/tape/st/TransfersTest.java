package io.pinion.tape.st;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pinion.linux.Linux;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.libc.LibC;
import io.pinion.linux.tape.TapeDevice;
import io.pinion.linux.tape.TapeSysfs;
import io.pinion.strategy.TransferMeter;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes to and from what takes and gives any number of them, where a drive would be. */
class TransfersTest {
    private static final int RECORD = 10_000;
    private static final int ROUNDS = 1000;
    private static final int ATTEMPTS = 500;

    private final SystemCalls calls = new LibC();
    private final int descriptor =
            calls.open(SystemCalls.path(Path.of("/dev/zero")), Linux.O_RDWR | Linux.O_CLOEXEC, 0);
    private final TransferMeter meter = new TransferMeter();

    @TempDir
    Path sys;

    @AfterEach
    void close() {
        calls.close(descriptor);
    }

    private Transfers transfers() {
        return new Transfers(calls, new TapeDevice(calls, descriptor), new TapeSysfs(sys, "9:128"), meter);
    }

    @Test
    void aRecordAllocatesNothing() {
        Transfers transfers = transfers();
        ByteBuffer direct = Memory.aligned(RECORD);
        ByteBuffer heap = ByteBuffer.allocate(RECORD);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        // The compiler removes what the interpreter allocates: some time goes by until it has.
        for (int attempt = 0; attempt < ATTEMPTS && least >= ROUNDS; attempt++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            rounds(transfers, direct, heap);
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertTrue(least < ROUNDS, "bytes in " + ROUNDS + " rounds: " + least);
    }

    private static void rounds(Transfers transfers, ByteBuffer direct, ByteBuffer heap) {
        for (int i = 0; i < ROUNDS; i++) {
            long sum = transfers.write(direct)
                    + transfers.read(direct, RECORD)
                    + transfers.write(heap)
                    + transfers.read(heap, RECORD);
            assertEquals(4L * RECORD, sum);
        }
    }

    /** The drive's shortest record is longer than the buffer: what comes is told, and is not in the buffer. */
    @Test
    void aBufferShorterThanEveryRecordStaysAsItIs() {
        ByteBuffer small = ByteBuffer.allocate(3).put(new byte[] {1, 2, 3}).rewind();
        assertEquals(512, transfers().read(small, 512));
        assertEquals(0x010203, small.getShort(0) << 8 | small.get(2));
        assertEquals(0, small.position());
    }
}
