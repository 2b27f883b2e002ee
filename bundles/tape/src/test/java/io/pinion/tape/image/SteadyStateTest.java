package io.pinion.tape.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.pinion.linux.Errno;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeResult.Outcome;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream of records: what each of them costs, and that nothing disturbs it. */
@Timeout(60)
class SteadyStateTest {
    private static final int RECORDS = 50;

    @TempDir
    private Path directory;

    /** Long ones are the kernel's as they are, and short ones some together; all are read by one call each. */
    @ParameterizedTest
    @ValueSource(ints = {65536, 65535, 1 << 18, (1 << 18) + 1, 1 << 20})
    void aRecordIsOneSystemCallAtMost(int length) throws Exception {
        ScriptedCalls scripted = new ScriptedCalls();
        Path image = Files.createFile(directory.resolve("calls.tap"));
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            ByteBuffer record = ByteBuffer.allocateDirect(length);
            drive.channel.write(record, drive.result);
            scripted.made("ftruncate");
            for (int i = 0; i < RECORDS; i++) {
                drive.channel.write(record.clear(), drive.result);
            }
            boolean gathered = length <= Gathering.SIZE;
            int calls = (int) ((RECORDS + 1) * Word.span(length) / Gathering.SIZE);
            assertEquals(gathered ? calls : RECORDS + 1, scripted.made("pwritev2"));
            assertEquals(0, scripted.made("ftruncate"));
            drive.rewind();
            assertEquals(1, scripted.made("fdatasync"), "the rewind's");
            scripted.made("preadv2");
            for (int i = 0; i < RECORDS; i++) {
                drive.channel.read(record.clear(), drive.result);
                assertEquals(Outcome.DONE, drive.result.outcome());
            }
            // One for the length of the first. The last of the tape would need one to find out that it is.
            assertEquals(RECORDS + 1, scripted.made("preadv2"));
            assertEquals(gathered ? (RECORDS + 1L) * length : 0, drive.meter.bouncedBytes());
        }
    }

    /** What is written first in the middle of a page is aligned from the next piece on. */
    @Test
    void gatheredRecordsAreWrittenOutBeforeTheyAreRead() throws Exception {
        Path image = Files.createFile(directory.resolve("gathered.tap"));
        Tap tap = new Tap();
        try (ImageDrive drive = ImageDrive.open(image)) {
            for (int i = 0; i < 100; i++) {
                byte[] content = Tap.content(i, 1 + i * i * 7 % 40_000);
                tap.record(content);
                drive.write(content);
                if (i % 10 == 0) {
                    drive.channel.status();
                    assertEquals(tap.bytes().length, Files.size(image), "record " + i);
                }
                if (i % 17 == 0) {
                    assertEquals("END_OF_DATA", drive.next());
                }
            }
            drive.channel.flush();
        }
        assertArrayEquals(tap.bytes(), Files.readAllBytes(image));
    }

    /** What is allocated ahead is given back by the flush; where nothing can be, each record goes by itself. */
    @Test
    void nothingStaysAllocated() throws Exception {
        ScriptedCalls scripted = new ScriptedCalls();
        Path image = Files.createFile(directory.resolve("ahead.tap"));
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            drive.write(new byte[100]).write(new byte[100]);
            assertEquals(1, scripted.made("fallocate"));
            scripted.made("ftruncate");
            drive.channel.flush();
            assertEquals(1, scripted.made("ftruncate"));
            drive.channel.flush();
            assertEquals(0, scripted.made("ftruncate"));
        }
        scripted.fail("fallocate", 1, Errno.EOPNOTSUPP);
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            scripted.made("pwritev2");
            drive.write(new byte[100]).write(new byte[100]);
            assertEquals(2, scripted.made("pwritev2"));
            assertEquals(0, drive.meter.bouncedBytes());
            assertTrue(drive.meter.counts().toString().contains("fallbacks=2"), drive.meter.counts()::toString);
        }
    }

    /** A file system that is full may keep what it had allocated before it noticed. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nothingStaysAllocatedOfWhatWasRefused(int refusals) throws Exception {
        ScriptedCalls scripted = new ScriptedCalls();
        Path image = Files.createFile(directory.resolve("full.tap"));
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            drive.write(new byte[100]).flush();
            scripted.fail("fallocate", refusals, Errno.ENOSPC);
            if (refusals == 1) {
                drive.write(new byte[100]);
            } else {
                assertThrows(StorageException.class, () -> drive.write(new byte[100]));
            }
            scripted.made("ftruncate");
            drive.flush();
            assertEquals(1, scripted.made("ftruncate"));
            drive.flush();
            assertEquals(0, scripted.made("ftruncate"));
        }
    }

    @Test
    void recordsFromTheHeapAreCopiedAndCounted() throws Exception {
        try (ImageDrive drive = ImageDrive.blank(directory)) {
            int length = 2 * Bounce.SIZE + 4711;
            byte[] content = Tap.content(5, length);
            drive.channel.write(ByteBuffer.wrap(content), drive.result);
            drive.rewind();
            ByteBuffer back = ByteBuffer.allocate(length + 10).position(10);
            drive.channel.read(back, drive.result);
            assertEquals(0, back.position(10).compareTo(ByteBuffer.wrap(content)));
            assertEquals(2L * length, drive.meter.counts().get("heap buffer").bouncedBytes());
            assertEquals(2, drive.meter.counts().get("heap buffer").bounces());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {65536, 1 << 20})
    void allocatesNothing(int length) throws Exception {
        try (ImageDrive drive = ImageDrive.blank(directory)) {
            assertAllocatesNothing(drive, ByteBuffer.allocateDirect(length));
            assertAllocatesNothing(drive, ByteBuffer.allocate(length));
        }
    }

    private static void assertAllocatesNothing(ImageDrive drive, ByteBuffer record) throws Exception {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        int records = Math.max(1, 8_000_000 / record.capacity());
        long least = Long.MAX_VALUE;
        // The compiler removes what the interpreter allocates: some rounds go by until it has.
        for (int round = 0; round < 400 && least > 500; round++) {
            drive.rewind();
            drive.channel.write(record.clear(), drive.result);
            long before = bean.getThreadAllocatedBytes(thread);
            for (int i = 0; i < records; i++) {
                drive.channel.write(record.clear(), drive.result);
            }
            long written = bean.getThreadAllocatedBytes(thread) - before;
            drive.rewind();
            before = bean.getThreadAllocatedBytes(thread);
            for (int i = 0; i < records; i++) {
                drive.channel.read(record.clear(), drive.result);
            }
            least = Math.min(least, written + bean.getThreadAllocatedBytes(thread) - before);
        }
        // Asking allocates a little on some JVMs.
        assertTrue(least < 500, "bytes per " + 2 * records + " records: " + least);
    }

    /** An interrupt means nothing to it, and stays for whoever waits for it. */
    @Test
    void interruptsDisturbNothing() throws Exception {
        Thread victim = Thread.currentThread();
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(1);
        Thread storm = new Thread(() -> {
            while (!stop.get()) {
                victim.interrupt();
                running.countDown();
            }
        });
        try (ImageDrive drive = ImageDrive.blank(directory)) {
            storm.start();
            while (running.getCount() > 0) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 300; i++) {
                drive.write(Tap.content(i, 5000 + i));
            }
            drive.channel.flush();
            drive.rewind();
            for (int i = 0; i < 300; i++) {
                assertEquals(ImageDrive.hex(Tap.content(i, 5000 + i)), drive.next());
            }
        } finally {
            stop.set(true);
            assertTrue(Thread.interrupted(), "the interrupt was lost");
            while (storm.isAlive()) {
                Thread.onSpinWait();
            }
            Thread.interrupted();
        }
    }
}
