package io.pinion.volume.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams to one tape: how they cut records, and what they do when the tape or the thread is disturbed. */
@Timeout(60)
class TapeOutputStreamTest {
    private final MemoryTape tape = new MemoryTape();
    private final MemoryDrive drive = new MemoryDrive(tape);

    private TapeOutputStream open(int recordSize) throws IOException {
        return TapeOutputStream.to(drive).recordSize(recordSize).open();
    }

    @Test
    void bytesAreCutToRecordsAndOnlyTheLastIsShorter() throws Exception {
        byte[] content = Bytes.random(1, 1234);
        try (TapeOutputStream out = open(100)) {
            Random random = new Random(2);
            for (int at = 0; at < content.length; ) {
                int length = Math.min(content.length - at, random.nextInt(350));
                if (length == 1) {
                    out.write(content[at]);
                } else {
                    out.write(content, at, length);
                }
                at += length;
            }
        }
        assertEquals("100 100 100 100 100 100 100 100 100 100 100 100 34 |", tape.map());
        assertArrayEquals(content, Bytes.of(tape.entries));
    }

    @Test
    void whatFillsRecordsHasNoShorterOneBehind() throws Exception {
        try (TapeOutputStream out = open(100)) {
            out.write(new byte[200]);
        }
        assertEquals("100 100 |", tape.map());
    }

    @Test
    void nothingAtAllIsAMark() throws Exception {
        open(100).close();
        assertEquals("|", tape.map());
    }

    @Test
    void aMarkMayBeLeftOut() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (TapeOutputStream out =
                    TapeOutputStream.to(drive).recordSize(10).withoutFileMark().open()) {
                out.write(new byte[15]);
            }
        }
        assertEquals("10 5 10 5", tape.map());
        assertEquals("flush", drive.operations.get(drive.operations.size() - 1));
    }

    @Test
    void flushCutsNoRecordAndAcknowledgesWholeOnes() throws Exception {
        TapeOutputStream out = open(100);
        out.write(new byte[250]);
        out.flush();
        out.flush();
        assertEquals(List.of("write", "write", "flush"), drive.operations);
        assertEquals("100 100", tape.map());
        assertEquals(new TapeProgress(2, 200, 2, 1, false), out.progress());
        out.close();
        assertEquals("100 100 50 |", tape.map());
        assertEquals(new TapeProgress(3, 250, 3, 1, false), out.progress());
    }

    @Test
    void theRecordSizeIsAMebibyteOrTheDrivesLargest() throws Exception {
        try (TapeOutputStream out = TapeOutputStream.to(drive).open()) {
            out.write(new byte[(1 << 20) + 1]);
        }
        assertEquals("1048576 1 |", tape.map());
        drive.maximumRecordSize = 1000;
        try (TapeOutputStream out =
                TapeOutputStream.to(drive.insert(new MemoryTape())).open()) {
            out.write(new byte[1001]);
        }
        assertEquals("1000 1 |", drive.tape.map());
        StorageException e = assertThrows(StorageException.class, () -> open(1001));
        assertEquals(Kind.INVALID_ARGUMENT, e.kind());
        assertTrue(e.getMessage().contains("recordSize=1001 is not between 1 and maximumRecordSize=1000"), e::toString);
    }

    @Test
    void inFixedModeARecordIsAMultipleOfTheBlockSize() throws Exception {
        drive.blockSize = 10;
        assertEquals(
                Kind.INVALID_ARGUMENT,
                assertThrows(StorageException.class, () -> open(15)).kind());
        try (TapeOutputStream out = open(20)) {
            out.write(new byte[50]);
        }
        assertEquals("10 10 10 10 10 |", tape.map());
        TapeOutputStream odd = open(20);
        odd.write(new byte[25]);
        StorageException e = assertThrows(StorageException.class, odd::close);
        assertEquals(Kind.INVALID_ARGUMENT, e.kind());
        assertEquals(20, e.offset(), "of the record that the drive refused");
    }

    @Test
    void aDriveForReadingAloneIsRefused() {
        drive.access = Access.READ_ONLY;
        assertEquals(
                Kind.READ_ONLY,
                assertThrows(StorageException.class, () -> open(10)).kind());
    }

    @Test
    void buffersAreLeasedAndGivenBack() throws Exception {
        CountingPool pool = new CountingPool();
        try (TapeOutputStream out =
                TapeOutputStream.to(drive).recordSize(100).buffers(3).pool(pool).open()) {
            assertEquals(300, pool.leasedBytes());
            out.write(new byte[5000]);
        }
        assertEquals(0, pool.leasedBytes());
        assertEquals(3, pool.leases.get(), "once, not per record");
        pool.limit = 250;
        StorageException e = assertThrows(
                StorageException.class,
                () -> TapeOutputStream.to(drive).recordSize(100).pool(pool).open());
        assertEquals(Kind.MEMORY_LIMIT, e.kind());
        assertEquals(0, pool.leasedBytes());
    }

    @Test
    void whatKeepsAStreamFromBeingOpenedKeepsNoBuffers() {
        CountingPool pool = new CountingPool();
        TapeOutputStream.Builder stream =
                TapeOutputStream.to(drive).recordSize(100).pool(pool).next(request -> Optional.empty());
        pool.limit = 250;
        pool.broken = true;
        assertThrows(IllegalStateException.class, stream::open);
        assertEquals(0, pool.leasedBytes());
        pool.limit = 1000;
        drive.fault = (number, operation, result) -> {
            throw new IllegalStateException("a bug");
        };
        assertThrows(IllegalStateException.class, stream::open);
        assertEquals(2 + 4, pool.leases.get());
        assertEquals(0, pool.leasedBytes());
    }

    @Test
    void closingTwiceIsClosingOnceAndNothingIsWrittenAfterwards() throws Exception {
        TapeOutputStream out = open(100);
        out.write(1);
        out.close();
        out.close();
        out.abandon();
        assertEquals("1 |", tape.map());
        assertEquals(
                Kind.CLOSED,
                assertThrows(StorageException.class, () -> out.write(1)).kind());
        assertEquals(
                Kind.CLOSED, assertThrows(StorageException.class, out::flush).kind());
    }

    @Test
    void whatIsAbandonedHasNoEnd() throws Exception {
        TapeOutputStream out = open(100);
        out.write(new byte[250]);
        out.flush();
        out.write(new byte[10]);
        out.abandon();
        out.close();
        assertEquals("100 100", tape.map());
    }

    @Test
    void aFailureBehindIsToldByTheNextCallAndChargedToItsRecord() throws Exception {
        failAt(3, Kind.MEDIUM_ERROR);
        TapeOutputStream out = open(100);
        out.write(new byte[100]);
        out.flush();
        StorageException told = assertThrows(StorageException.class, () -> {
            while (true) {
                out.write(new byte[100]);
            }
        });
        // The second operation was the flush.
        assertEquals(Kind.MEDIUM_ERROR, told.kind());
        assertEquals(100, told.offset());
        assertEquals(100, told.length());
        assertEquals("memory", told.target());
        assertTrue(told.getMessage().contains("record 2 is not on the tape"), told::toString);
        assertTrue(told.getMessage().contains("partition=0 blockAddress=1"), told::toString);
        assertTrue(told.getMessage().contains("1 records of the stream are known to be on the medium"), told::toString);
        StorageException again = assertThrows(StorageException.class, out::close);
        assertEquals(told.getMessage(), again.getMessage());
        assertNotSame(told, again);
        out.close();
        assertEquals("100", tape.map(), "nothing more, and no mark");
        assertEquals(new TapeProgress(1, 100, 1, 1, false), out.progress());
    }

    @Test
    void aFailureBehindIsToldByCloseAlone() throws Exception {
        failAt(1, Kind.IO_ERROR);
        TapeOutputStream out = open(100);
        out.write(new byte[10]);
        assertEquals(
                Kind.IO_ERROR, assertThrows(StorageException.class, out::close).kind());
    }

    @Test
    void tryWithResourcesTellsOfBoth() {
        failAt(1, Kind.IO_ERROR);
        StorageException e = assertThrows(StorageException.class, () -> {
            try (TapeOutputStream out = open(100)) {
                while (true) {
                    out.write(new byte[100]);
                }
            }
        });
        assertEquals(1, e.getSuppressed().length);
    }

    @Test
    void aDeferredFailureIsChargedToTheRecordsThatTheDriveHeld() throws Exception {
        drive.fault = (number, operation, result) -> {
            if (number == 6) {
                throw drive.loseUnflushed(1, operation);
            }
        };
        TapeOutputStream out = open(100);
        out.write(new byte[200]);
        out.flush(); // records 1 and 2
        out.write(new byte[300]); // 3 and 4 are the drive's, with 5 it fails
        StorageException e = assertThrows(StorageException.class, out::close);
        assertTrue(e.isDeferred());
        assertTrue(e.getMessage().contains("3 records of the stream are known to be on the medium"), e::toString);
        assertTrue(e.getMessage().contains("records 4 to 4 are what failed"), e::toString);
        assertEquals(3, out.progress().recordsOnMedium());
        assertEquals("100 100 100", tape.map());
    }

    @Test
    void aFailedFlushEndsTheStream() throws Exception {
        failAt(2, Kind.IO_ERROR);
        TapeOutputStream out = open(100);
        out.write(new byte[100]);
        assertEquals("flush", assertThrows(StorageException.class, out::flush).operation());
        assertThrows(StorageException.class, () -> out.write(1));
        assertThrows(StorageException.class, out::close);
        assertEquals(0, out.progress().recordsOnMedium());
    }

    @Test
    void whatADriveThrowsAgainstItsContractIsAFault() throws Exception {
        drive.fault = (number, operation, result) -> {
            throw new IllegalStateException("a bug");
        };
        TapeOutputStream out = open(100);
        out.write(1);
        StorageException e = assertThrows(StorageException.class, out::close);
        assertEquals(Kind.STRATEGY_FAULT, e.kind());
        assertTrue(e.getMessage().contains("a bug"), e::toString);
    }

    @Test
    void aTapeThatSomebodyElseMovedIsToldOf() throws Exception {
        TapeOutputStream out = open(100);
        out.write(new byte[200]);
        out.flush();
        drive.at = 0;
        out.write(new byte[100]);
        StorageException e = assertThrows(StorageException.class, out::close);
        assertEquals(Kind.TARGET_CHANGED, e.kind());
        assertTrue(e.getMessage().contains("record 3 is not where it was to be"), e::toString);
        assertEquals(2, out.progress().records());
    }

    @Test
    void aFullTapeNamesTheFirstRecordThatIsNotOnIt() throws Exception {
        drive.insert(new MemoryTape(350, 150));
        TapeOutputStream out = open(100);
        StorageException e = assertThrows(StorageException.class, () -> {
            while (true) {
                out.write(new byte[100]);
            }
        });
        assertEquals(Kind.NO_SPACE, e.kind());
        assertEquals(300, e.offset());
        assertTrue(e.getMessage().contains("record 4 is not on the tape"), e::toString);
        assertTrue(e.getMessage().contains("3 records of the stream are known to be on the medium"), e::toString);
        assertEquals(
                Kind.NO_SPACE, assertThrows(StorageException.class, out::close).kind());
        assertEquals("100 100 100", drive.tape.map());
        assertEquals("flush", drive.operations.get(drive.operations.size() - 1), "before they are said to be there");
        assertEquals(new TapeProgress(3, 300, 3, 1, true), out.progress());
    }

    @Test
    void aFullTapeThatMovedHasTheRecord() throws Exception {
        drive.fault = (number, operation, result) -> {
            if (number == 2) {
                tape.entries.add(new byte[100]);
                drive.at++;
                throw MemoryDrive.failure(Kind.NO_SPACE, operation).build();
            }
        };
        try (TapeOutputStream out = open(100)) {
            out.write(new byte[300]);
        }
        assertEquals("100 100 100 |", tape.map());
    }

    @Test
    void aFullTapeOfWhichNobodyKnowsWhereItIsFails() throws Exception {
        drive.fault = (number, operation, result) -> {
            if (number == 2) {
                drive.lost = true;
                throw MemoryDrive.failure(Kind.NO_SPACE, operation).build();
            }
        };
        TapeOutputStream out = open(100);
        out.write(new byte[200]);
        StorageException e = assertThrows(StorageException.class, out::close);
        assertEquals(Kind.POSITION_UNKNOWN, e.kind());
        assertTrue(e.getMessage().contains("record 2 is on the tape or not"), e::toString);
    }

    @Test
    void anInterruptEndsTheWaitAndLosesNothing() throws Exception {
        drive.turns = new Semaphore(0);
        TapeOutputStream out =
                TapeOutputStream.to(drive).recordSize(100).buffers(2).open();
        byte[] content = Bytes.random(3, 1000);
        Thread.currentThread().interrupt();
        StorageException e = assertThrows(StorageException.class, () -> out.write(content));
        assertTrue(Thread.interrupted(), "the flag stays");
        assertEquals(Kind.INTERRUPTED, e.kind());
        assertEquals(200, e.transferred());
        drive.turns.release(100);
        int taken = (int) e.transferred();
        out.write(content, taken, content.length - taken);
        out.close();
        assertArrayEquals(content, Bytes.of(tape.entries));
    }

    @Test
    void anInterruptBeforeTheDriveFlushesLosesNothing() throws Exception {
        TapeOutputStream out = open(100);
        out.write(new byte[150]);
        failAt(2, Kind.INTERRUPTED);
        StorageException e = assertThrows(StorageException.class, out::flush);
        assertEquals(Kind.INTERRUPTED, e.kind());
        out.flush();
        assertEquals(1, out.progress().recordsOnMedium());
        out.close();
        assertEquals("100 50 |", tape.map());
    }

    @Test
    void anInterruptDoesNotKeepAStreamFromItsEnd() throws Exception {
        TapeOutputStream out = open(100);
        out.write(new byte[150]);
        drive.refusesInterrupted = true;
        Thread.currentThread().interrupt();
        out.close();
        assertTrue(Thread.interrupted());
        assertEquals("100 50 |", tape.map());
    }

    @Test
    void aStreamThatRestedGoesOn() throws Exception {
        try (TapeOutputStream out = open(100)) {
            out.write(new byte[100]);
            Thread.sleep(1500); // the thread ends after a second without work
            out.write(new byte[100]);
        }
        assertEquals("100 100 |", tape.map());
    }

    private void failAt(int which, Kind kind) {
        drive.fault = (number, operation, result) -> {
            if (number == which) {
                throw MemoryDrive.failure(kind, operation).build();
            }
        };
    }
}
