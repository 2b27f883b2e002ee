package io.pinion.volume.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.volume.TapeDrive;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams allocate nothing per record, on neither of their threads. */
@Timeout(120)
class TapeAllocationTest {
    private static final int RECORD = 4096;
    private static final int RECORDS = 20_000;
    private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A tape of records without number, which remembers nothing. */
    private static final class Endless extends MemoryDrive {
        Endless() {
            super(new MemoryTape());
        }

        @Override
        public void read(ByteBuffer target, TapeResult result) {
            move(target, result);
        }

        @Override
        public void write(ByteBuffer source, TapeResult result) {
            move(source, result);
        }

        private void move(ByteBuffer buffer, TapeResult result) {
            result.set(Outcome.DONE, buffer.remaining());
            buffer.position(buffer.limit());
            result.setPosition(Source.DRIVE, 0, ++at);
        }

        @Override
        public void writeFileMarks(int count, TapeResult result) {
            result.set(Outcome.DONE, count);
            at += count;
            result.setPosition(Source.DRIVE, 0, at);
        }

        @Override
        public void spaceRecords(long count, TapeResult result) {
            at += (int) count;
            result.set(Outcome.DONE, Math.abs(count));
            result.setPosition(Source.DRIVE, 0, at);
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** {@return the thread that calls, and those of streams} */
    private static long[] threads() {
        return Arrays.stream(BEAN.getThreadInfo(BEAN.getAllThreadIds()))
                .filter(info -> info != null
                        && (info.getThreadName().startsWith("pinion-tape")
                                || info.getThreadId() == Thread.currentThread().getId()))
                .mapToLong(info -> info.getThreadId())
                .sorted()
                .toArray();
    }

    private static long allocated(long[] threads) {
        return Arrays.stream(BEAN.getThreadAllocatedBytes(threads)).sum();
    }

    /** Of the rounds in which no thread has ended, with which what it had allocated is gone. */
    private static long leastPerRecord(Step records) throws IOException {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long[] threads = threads();
            long before = allocated(threads);
            records.run();
            if (Arrays.equals(threads, threads())) {
                least = Math.min(least, allocated(threads) - before);
            }
        }
        return least / RECORDS;
    }

    @Test
    void perRecordNothingIsAllocated() throws Exception {
        assertTrue(BEAN.isThreadAllocatedMemorySupported());
        TapeDrive drive = new Endless();
        byte[] piece = new byte[RECORD / 4];
        try (TapeOutputStream out =
                TapeOutputStream.to(drive).recordSize(RECORD).open()) {
            assertEquals(0, leastPerRecord(() -> {
                for (int i = 0; i < RECORDS * 4; i++) {
                    out.write(piece);
                }
            }));
        }
        try (TapeInputStream in = TapeInputStream.from(drive).recordSize(RECORD).open()) {
            assertEquals(0, leastPerRecord(() -> {
                for (int i = 0; i < RECORDS * 4; i++) {
                    assertEquals(piece.length, in.readNBytes(piece, 0, piece.length));
                }
            }));
        }
    }
}
