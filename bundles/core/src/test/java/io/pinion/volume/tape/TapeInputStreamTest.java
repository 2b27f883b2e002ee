package io.pinion.volume.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams from one tape: whatever records are on it, and where they leave it. */
@Timeout(120)
class TapeInputStreamTest {
    private final MemoryTape tape = new MemoryTape();
    private final MemoryDrive drive = new MemoryDrive(tape);

    private TapeInputStream open(int recordSize) throws IOException {
        return TapeInputStream.from(drive).recordSize(recordSize).open();
    }

    private void write(byte[] content, int recordSize) throws IOException {
        try (TapeOutputStream out =
                TapeOutputStream.to(drive).recordSize(recordSize).open()) {
            out.write(content);
        }
    }

    @Test
    void aFileIsReadUpToBehindItsMark() throws Exception {
        byte[] first = Bytes.random(1, 1000);
        byte[] second = Bytes.random(2, 77);
        write(first, 64);
        write(second, 64);
        drive.at = 0;
        try (TapeInputStream in = open(64)) {
            assertArrayEquals(first, in.readAllBytes());
            assertEquals(-1, in.read());
            assertEquals(Optional.of(Outcome.FILE_MARK), in.end());
            assertEquals(new TapeProgress(16, 1000, 16, 1, false), in.progress());
        }
        assertEquals(17, drive.at);
        try (TapeInputStream in = open(64)) {
            assertArrayEquals(second, in.readAllBytes());
        }
        try (TapeInputStream in = open(64)) {
            assertEquals(-1, in.read());
            assertEquals(Optional.of(Outcome.END_OF_DATA), in.end());
        }
    }

    @Test
    void shortRecordsAreReadWithLargeBuffersAndLongOnesWithSmall() throws Exception {
        byte[] content = Bytes.random(3, 3_000_000);
        for (int[] sizes : new int[][] {{10 << 10, 1 << 20}, {1 << 20, 10 << 10}}) {
            for (boolean tells : new boolean[] {true, false}) {
                drive.insert(new MemoryTape());
                drive.tellsRecordLength = tells;
                write(content, sizes[0]);
                drive.at = 0;
                drive.operations.clear();
                CountingPool pool = new CountingPool();
                try (TapeInputStream in = TapeInputStream.from(drive)
                        .recordSize(sizes[1])
                        .pool(pool)
                        .open()) {
                    assertArrayEquals(content, in.readAllBytes());
                }
                assertEquals(0, pool.leasedBytes());
                int again = drive.operations.size() - drive.tape.entries.size();
                assertTrue(again <= 7, "read again " + again + " times: it remembers how long records are");
            }
        }
    }

    @Test
    void aRecordThatTheDriveCannotReadIsNamed() throws Exception {
        tape.record(new byte[100]).record(new byte[5000]);
        drive.maximumRecordSize = 4096;
        try (TapeInputStream in = open(64)) {
            StorageException e = assertThrows(StorageException.class, in::readAllBytes);
            assertEquals(Kind.UNSUPPORTED, e.kind());
            assertTrue(e.getMessage().contains("record 2 "), e::toString);
            assertTrue(e.getMessage().contains("5000 bytes, is longer than maximumRecordSize=4096"), e::toString);
        }
        assertEquals(1, drive.at);
    }

    @Test
    void closedEarlyTheTapeIsInFrontOfWhatWasNotRead() throws Exception {
        tape.record(new byte[10])
                .record(new byte[10])
                .record(new byte[10])
                .mark()
                .record(new byte[10]);
        for (int bytes = 0; bytes <= 30; bytes++) {
            drive.at = 0;
            try (TapeInputStream in = open(64)) {
                assertEquals(bytes, in.readNBytes(bytes).length);
                Thread.sleep(bytes % 3); // more or less is read ahead
            }
            assertEquals((bytes + 9) / 10, drive.at, "after " + bytes + " bytes");
        }
    }

    @Test
    void closedAtTheEndOfDataTheTapeIsInFrontOfWhatWasNotRead() throws Exception {
        tape.record(new byte[10]).record(new byte[10]);
        TapeInputStream in = open(64);
        in.read();
        drive.await(3); // both records, and the end of data
        in.close();
        in.close();
        assertEquals(1, drive.at);
        assertEquals(Kind.CLOSED, assertThrows(StorageException.class, in::read).kind());
    }

    @Test
    void whatWasNeverReadMovesNothing() throws Exception {
        tape.record(new byte[10]);
        open(64).close();
        assertEquals(List.of(), drive.operations);
    }

    @Test
    void inFixedModeBlocksAreReadManyAtOnceAndGoneBackOverOneByOne() throws Exception {
        for (int i = 0; i < 20; i++) {
            tape.record(Bytes.random(i, 10));
        }
        tape.mark();
        drive.blockSize = 10;
        for (int bytes = 0; bytes <= 200; bytes += 7) {
            drive.at = 0;
            try (TapeInputStream in = open(64)) {
                byte[] read = in.readNBytes(bytes);
                assertArrayEquals(
                        Bytes.of(tape.entries.subList(0, (bytes + 9) / 10)), pad(read, (bytes + 9) / 10 * 10));
            }
            assertEquals((bytes + 9) / 10, drive.at, "after " + bytes + " bytes");
        }
    }

    @Test
    void inFixedModeARecordOfAnotherLengthIsNamed() throws Exception {
        drive.blockSize = 10;
        for (int length : new int[] {4, 5000}) {
            drive.insert(
                    new MemoryTape().record(new byte[10]).record(new byte[10]).record(new byte[length]));
            otherLength("record 2 was not read", "the next record has " + length + " bytes, and blockSize=10;");
        }
        drive.tellsRecordLength = false;
        drive.at = 0;
        otherLength("setBlockSize(0)", "has another length than the blocks, and blockSize=10;");
    }

    private void otherLength(String... words) throws IOException {
        try (TapeInputStream in = open(64)) {
            assertEquals(20, in.readNBytes(20).length);
            StorageException e = assertThrows(StorageException.class, in::read);
            assertEquals(Kind.IO_ERROR, e.kind());
            for (String word : words) {
                assertTrue(e.getMessage().contains(word), e::toString);
            }
        }
        assertEquals(2, drive.at, "in front of it");
    }

    private byte[] pad(byte[] read, int length) {
        byte[] all = Bytes.of(tape.entries);
        System.arraycopy(read, 0, all, 0, read.length);
        return Arrays.copyOf(all, length);
    }

    @Test
    void aFailureComesAfterAllBytesBeforeItAndStays() throws Exception {
        tape.record(Bytes.random(1, 10)).record(Bytes.random(2, 10)).record(new byte[10]);
        drive.fault = (number, operation, result) -> {
            if (operation.equals("read") && drive.at == 2) {
                throw MemoryDrive.failure(Kind.MEDIUM_ERROR, operation).build();
            }
        };
        TapeInputStream in = open(64);
        assertArrayEquals(Bytes.of(tape.entries.subList(0, 2)), in.readNBytes(20));
        for (int i = 0; i < 2; i++) {
            StorageException e = assertThrows(StorageException.class, in::read);
            assertEquals(Kind.MEDIUM_ERROR, e.kind());
            assertTrue(e.getMessage().contains("record 3 was not read"), e::toString);
            assertTrue(e.getMessage().contains("blockAddress=2"), e::toString);
        }
        in.close();
        assertEquals(2, drive.at);
    }

    @Test
    void aFailureAheadDoesNotKeepTheTapeFromGoingBack() throws Exception {
        tape.record(new byte[10]).record(new byte[10]).record(new byte[10]);
        drive.fault = (number, operation, result) -> {
            if (operation.equals("read") && drive.at == 2) {
                drive.at = 3; // drives pass over what they cannot read
                throw MemoryDrive.failure(Kind.MEDIUM_ERROR, operation).build();
            }
        };
        try (TapeInputStream in = open(64)) {
            in.read();
            drive.await(3); // two records, and the one that fails
        }
        assertEquals(1, drive.at);
    }

    @Test
    void aTapeThatCouldNotBeMovedBackIsToldOf() throws Exception {
        tape.record(new byte[10]).record(new byte[10]).record(new byte[10]);
        drive.fault = (number, operation, result) -> {
            if (operation.equals("read") && drive.at == 2) {
                drive.lost = true;
                throw MemoryDrive.failure(Kind.IO_ERROR, operation).build();
            }
        };
        TapeInputStream in = open(64);
        in.read();
        drive.await(3);
        StorageException e = assertThrows(StorageException.class, in::close);
        assertEquals(Kind.POSITION_UNKNOWN, e.kind());
        assertTrue(e.getMessage().contains("was not moved back"), e::toString);
    }

    @Test
    void aTapeThatSomebodyElseMovedIsToldOf() throws Exception {
        for (int i = 0; i < 20; i++) {
            tape.record(new byte[10]);
        }
        TapeInputStream in =
                TapeInputStream.from(drive).recordSize(64).buffers(2).open();
        in.read();
        drive.await(2); // both buffers are full
        drive.at = 15;
        assertEquals(
                Kind.TARGET_CHANGED,
                assertThrows(StorageException.class, in::readAllBytes).kind());
        in.close();
    }

    @Test
    void anInterruptEndsTheWaitAndLosesNothing() throws Exception {
        byte[] content = Bytes.random(5, 500);
        write(content, 100);
        drive.at = 0;
        drive.turns = new Semaphore(0);
        try (TapeInputStream in = open(100)) {
            Thread.currentThread().interrupt();
            assertEquals(
                    Kind.INTERRUPTED,
                    assertThrows(StorageException.class, in::read).kind());
            assertTrue(Thread.interrupted());
            drive.turns.release(100);
            assertArrayEquals(content, in.readAllBytes());
        }
    }

    @Test
    void anInterruptDoesNotKeepTheTapeFromGoingBack() throws Exception {
        tape.record(new byte[10]).record(new byte[10]).record(new byte[10]);
        TapeInputStream in = open(64);
        in.read();
        drive.await(3);
        drive.refusesInterrupted = true;
        Thread.currentThread().interrupt();
        in.close();
        assertTrue(Thread.interrupted());
        assertEquals(1, drive.at);
    }

    @Test
    void anythingIsReadAsItWasWrittenWhereverOneStops() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            drive.insert(new MemoryTape());
            List<byte[]> records = new ArrayList<>();
            int count = random.nextInt(12);
            for (int i = 0; i < count; i++) {
                byte[] record = Bytes.random(random.nextLong(), 1 + random.nextInt(random.nextBoolean() ? 20 : 20_000));
                records.add(record);
                drive.tape.record(record);
            }
            if (random.nextBoolean()) {
                drive.tape.mark();
            }
            byte[] content = Bytes.of(records);
            int wanted = random.nextInt(content.length + 2);
            try (TapeInputStream in = TapeInputStream.from(drive)
                    .recordSize(1 + random.nextInt(5000))
                    .buffers(2 + random.nextInt(4))
                    .open()) {
                byte[] read = in.readNBytes(wanted);
                assertArrayEquals(Arrays.copyOf(content, Math.min(wanted, content.length)), read, "seed " + seed);
            }
            int expected = wanted > content.length ? drive.tape.entries.size() : recordsOf(records, wanted);
            assertEquals(expected, drive.at, "seed " + seed + " round " + round);
        }
    }

    private static int recordsOf(List<byte[]> records, int bytes) {
        int count = 0;
        for (int left = bytes; left > 0; left -= records.get(count - 1).length) {
            count++;
        }
        return count;
    }
}
