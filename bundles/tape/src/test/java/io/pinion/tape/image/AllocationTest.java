package io.pinion.tape.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.volume.Pinion;
import io.pinion.volume.TapeDrive;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A long stream of records, as an application writes and reads it: by a drive, through the gate. */
@Timeout(120)
class AllocationTest {
    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RECORDS = 10_000;

    /** So short that a round takes no time, and so long that blocks are allocated ahead several times in it. */
    private static final int LENGTH = 8 << 10;

    private static final int ROUNDS = 40;

    private final LibC calls = new LibC();
    private final ByteBuffer record = ByteBuffer.allocateDirect(LENGTH);
    private final TapeResult result = new TapeResult();

    /** A transfer of one record. */
    private interface Transfer {
        void run(ByteBuffer buffer, TapeResult result) throws StorageException;
    }

    private static long allocated() {
        return BEAN.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    /** {@return the bytes that so many records have allocated} The first, which cuts off the tape, is not one of them. */
    private long records(TapeDrive drive, Transfer transfer) throws StorageException {
        drive.rewind(result);
        transfer.run(record.clear(), result);
        long before = allocated();
        for (int i = 0; i < RECORDS; i++) {
            transfer.run(record.clear(), result);
        }
        long bytes = allocated() - before;
        assertEquals(Outcome.DONE, result.outcome());
        assertEquals(RECORDS + 1, result.position().blockAddress());
        return bytes;
    }

    /** The compiler removes what the interpreter allocates, some rounds later. */
    @Test
    void noRecordAllocates(@TempDir Path directory) throws Exception {
        long asking = Long.MAX_VALUE;
        long writing = Long.MAX_VALUE;
        long reading = Long.MAX_VALUE;
        try (Pinion pinion = Pinion.start()) {
            pinion.guard(new LinuxTargetGuard(calls));
            pinion.add("tape-image", new TapeImageStrategy(calls), Shape.TAPE, List.of("tape-image"), 0);
            pinion.configureTape("lto", Map.of("target", "tape-image:" + directory.resolve("image.tap")));
            TapeDrive drive = pinion.tape("lto", Duration.ofSeconds(30));
            for (int round = 0; round < ROUNDS && (round < 2 || writing + reading > 2 * asking); round++) {
                writing = Math.min(writing, records(drive, drive::write));
                reading = Math.min(reading, records(drive, drive::read));
                long before = allocated();
                asking = Math.min(asking, allocated() - before);
            }
        }
        assertTrue(writing <= asking, "bytes for " + RECORDS + " records written: " + writing);
        assertTrue(reading <= asking, "bytes for " + RECORDS + " records read: " + reading);
    }
}
