package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pinion.linux.Errno;
import io.pinion.strategy.TransferMeter.Count;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is read ahead for, and what it costs those who are not. */
@Timeout(60)
class ReadAheadTest {
    /** How many readers of a volume are read ahead for at once. */
    private static final int READERS = 4;

    private static final int BLOCK = DirectFile.BLOCK;
    private static final int SIZE = 256 * BLOCK;
    private static final int AHEAD_KIB = 256;
    private static final String CAUSE = "read-ahead of small sequential reads";

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private final ScriptedCalls script = new ScriptedCalls();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger maps = new AtomicInteger();

    private DirectFile file(int size, int aheadKib) throws IOException {
        Map<String, Object> settings = new HashMap<>(Settings.SMALL);
        settings.put("read.ahead.kib", aheadKib);
        count("pread", reads, 1);
        count("mmap", maps, 1);
        count("munmap", maps, -1);
        DirectFile file = new DirectFile(directory.resolve("file"), script.calls(), settings, size);
        reads.set(0);
        return file;
    }

    private void count(String call, AtomicInteger counter, int step) {
        script.answer(call, Integer.MAX_VALUE, (arguments, real) -> {
            counter.addAndGet(step);
            return real.make(arguments);
        });
    }

    private static Count counted(DirectFile file) {
        return file.meter.counts().get(CAUSE);
    }

    @Test
    void aSequentialReaderIsReadAheadForWhateverItsPieces() throws IOException {
        for (int piece : new int[] {BLOCK, 512, 100, 1000, 5 * BLOCK}) {
            reads.set(0);
            try (DirectFile file = file(SIZE, AHEAD_KIB)) {
                int pieces = 150 * BLOCK / piece;
                new SequentialReader(file, piece, 3 * BLOCK).next(pieces);
                assertTrue(reads.get() < Math.max(10, pieces / 5), piece + ": reads=" + reads);
                assertEquals((pieces - 2L) * piece, counted(file).bouncedBytes(), "all but the first two");
            }
        }
    }

    @Test
    void afterAWriteItGoesOnAsBefore() throws IOException {
        try (DirectFile file = file(SIZE, AHEAD_KIB)) {
            SequentialReader reader = new SequentialReader(file, BLOCK, 0);
            reader.next(20);
            file.write(new byte[10], reader.position());
            int before = reads.get();
            reader.next(100);
            assertTrue(reads.get() < before + 20, "reads=" + reads + ", before=" + before);
        }
    }

    @Test
    void theEndIsWhereItIs() throws IOException {
        int size = 40 * BLOCK + 777;
        try (DirectFile file = file(size, AHEAD_KIB)) {
            SequentialReader reader = new SequentialReader(file, BLOCK, 0);
            reader.next(40);
            ByteBuffer rest = DirectFile.aligned(BLOCK, 0);
            assertEquals(777, file.read(rest, reader.position()));
            assertEquals(-1, file.read(rest, size));
            assertTrue(counted(file).bounces() > 20);
        }
    }

    @Test
    void othersPayNothing() throws IOException {
        try (DirectFile file = file(SIZE, AHEAD_KIB)) {
            int before = maps.get();
            ByteBuffer block = DirectFile.aligned(BLOCK, 0);
            for (int round = 0; round < 100; round++) {
                file.read(block.clear(), round * 37 % 256 * (long) BLOCK);
            }
            ByteBuffer large = DirectFile.aligned(64 * BLOCK, 0);
            for (int round = 0; round < 4; round++) {
                file.read(large.clear(), round * 64L * BLOCK);
            }
            assertEquals(104, reads.get());
            assertEquals(before, maps.get(), "memory was taken");
            assertEquals(0, file.meter.bouncedBytes());
        }
    }

    @Test
    void canBeTurnedOff() throws IOException {
        try (DirectFile file = file(SIZE, 0)) {
            new SequentialReader(file, BLOCK, 0).next(50);
            assertEquals(50, reads.get());
            assertEquals(0, file.meter.bouncedBytes());
        }
    }

    @Test
    void severalReadersTakeTurnsAndOneTooManyGoesWithout() throws IOException {
        try (DirectFile file = file(SIZE, AHEAD_KIB)) {
            SequentialReader[] readers = new SequentialReader[READERS + 1];
            for (int index = 0; index < readers.length; index++) {
                readers[index] = new SequentialReader(file, 512, index * 50L * BLOCK);
            }
            int before = maps.get();
            for (int round = 0; round < 40; round++) {
                for (SequentialReader reader : readers) {
                    reader.next();
                }
            }
            assertEquals(before + READERS, maps.get());
            assertTrue(reads.get() < 100, "the others do not: reads=" + reads);
        }
        assertEquals(0, maps.get(), "what was mapped is unmapped");
    }

    @Test
    void withoutMemoryItIsDoneWithoutAndSaid() throws IOException {
        try (DirectFile file = file(SIZE, AHEAD_KIB)) {
            script.answerFirst("mmap", (a, real) -> Errno.ENOMEM.result());
            new SequentialReader(file, BLOCK, 0).next(30);
            assertEquals(30, reads.get());
            String notes = file.channel.mode().notes().toString();
            assertTrue(notes.contains("no more is read ahead") && notes.contains("ENOMEM"), notes);
        }
    }

    @Test
    void anErrorIsTheReadersOwn() throws IOException {
        try (DirectFile file = file(SIZE, AHEAD_KIB)) {
            SequentialReader reader = new SequentialReader(file, BLOCK, 0);
            reader.next(2);
            // What is read ahead fails, what was asked for does not.
            script.answerFirst("pread", (a, real) -> Errno.EIO.result());
            reader.next(20);
            assertTrue(reads.get() < 20);
        }
    }

    @Test
    void closingWaitsForNobodyAndTheLastOneGivesTheMemoryBack() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (DirectFile file = file(SIZE, AHEAD_KIB)) {
            ByteBuffer block = DirectFile.aligned(BLOCK, 0);
            file.read(block.clear(), 0);
            file.read(block.clear(), BLOCK);
            script.answerFirst("pread", (a, real) -> {
                reading.countDown();
                goOn.await();
                return real.make(a);
            });
            Future<Integer> read = thread.submit(() -> file.read(block.clear(), 2 * BLOCK));
            assertTrue(reading.await(30, TimeUnit.SECONDS));
            file.channel.close();
            assertFalse(read.isDone());
            assertTrue(maps.get() > 0, "its memory is there still");
            goOn.countDown();
            assertEquals(BLOCK, read.get(30, TimeUnit.SECONDS));
        } finally {
            goOn.countDown();
            thread.shutdown();
        }
        assertEquals(0, maps.get());
    }

    @Test
    void allocatesNothing() throws IOException {
        try (DirectFile file = new DirectFile(directory, Settings.SMALL, SIZE)) {
            ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long thread = Thread.currentThread().getId();
            ByteBuffer block = DirectFile.aligned(BLOCK, 0);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 100 && least > 0; round++) {
                long before = bean.getThreadAllocatedBytes(thread);
                for (int at = 0; at < 256; at++) {
                    file.read(block.clear(), at * (long) BLOCK);
                }
                least = Math.min(least, bean.getThreadAllocatedBytes(thread) - before);
            }
            assertTrue(least < 1024, "bytes per 256 reads: " + least);
            assertTrue(counted(file).bounces() > 200);
        }
    }
}
