package io.pinion.volume.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copies of tapes, and where they leave both. */
@Timeout(60)
class TapeCopyTest {
    private final MemoryTape original = new MemoryTape();
    private final MemoryTape copied = new MemoryTape();
    private final MemoryDrive source = new MemoryDrive(original);
    private final MemoryDrive target = new MemoryDrive(copied);

    private TapeCopy.Builder copy() {
        return TapeCopy.between(source, target).recordSize(64);
    }

    private void assertCopied(int entries) {
        assertEquals(entries, copied.entries.size());
        for (int i = 0; i < entries; i++) {
            assertArrayEquals(original.entries.get(i), copied.entries.get(i));
            assertEquals(original.entries.get(i) == MemoryTape.MARK, copied.entries.get(i) == MemoryTape.MARK);
        }
        assertEquals(entries, source.at, "the source stands behind what is copied");
        assertEquals(entries, target.at);
    }

    private void fill(int files, int records) {
        Random random = new Random(files * 31L + records);
        for (int file = 0; file < files; file++) {
            for (int i = 0; i < records; i++) {
                original.record(Bytes.random(random.nextLong(), 1 + random.nextInt(200)));
            }
            original.mark();
        }
    }

    @Test
    void allIsCopiedWithLengthsAndMarks() throws Exception {
        fill(3, 5);
        original.mark().mark().record(new byte[7]);
        TapeCopy copy = copy().build();
        assertEquals(TapeCopy.End.END_OF_DATA, copy.run());
        assertEquals(16, copy.copied().records());
        assertEquals(5, copy.copied().fileMarks());
        assertEquals(original.used() - 5 * MemoryTape.MARK_COST, copy.copied().bytes());
        assertCopied(21);
        assertEquals("flush", target.operations.get(target.operations.size() - 1));
    }

    @Test
    void someFilesAreCopiedAndThenMore() throws Exception {
        fill(5, 3);
        TapeCopy copy = copy().files(2).build();
        assertEquals(TapeCopy.End.FILES, copy.run());
        assertCopied(8);
        assertEquals(TapeCopy.End.FILES, copy.run());
        assertCopied(16);
        assertEquals(TapeCopy.End.END_OF_DATA, copy.run());
        assertCopied(20);
        assertEquals(5, copy.copied().fileMarks());
    }

    @Test
    void anObserverStopsItAnywhere() throws Exception {
        fill(3, 3);
        for (int stop = 1; stop <= 12; stop++) {
            source.at = 0;
            target.at = 0;
            copied.entries.clear();
            int last = stop;
            TapeCopy copy = copy().observer((records, fileMarks, bytes) -> records + fileMarks < last)
                    .build();
            assertEquals(TapeCopy.End.STOPPED, copy.run());
            assertCopied(stop);
        }
    }

    @Test
    void aPlaceThatCannotBeReadIsNamedAndTheSourceIsThere() throws Exception {
        fill(2, 4);
        source.fault = (number, operation, result) -> {
            if (operation.equals("read") && source.at == 7) {
                source.at = 8;
                throw MemoryDrive.failure(Kind.MEDIUM_ERROR, operation).build();
            }
        };
        TapeCopy copy = copy().build();
        StorageException e = assertThrows(StorageException.class, copy::run);
        assertEquals(Kind.MEDIUM_ERROR, e.kind());
        assertTrue(e.getMessage().contains("record 7, behind file mark 1, was not read"), e::toString);
        assertTrue(e.getMessage().contains("copied are records=6 fileMarks=1 bytes="), e::toString);
        assertEquals(0, e.getSuppressed().length);
        assertCopied(7);
    }

    @Test
    void aFullTargetNamesTheRecordAndTheSourceIsInFrontOfIt() throws Exception {
        for (int i = 0; i < 10; i++) {
            original.record(new byte[100]);
        }
        MemoryTape small = new MemoryTape(550, 200);
        target.insert(small);
        StorageException e = assertThrows(StorageException.class, copy().build()::run);
        assertEquals(Kind.NO_SPACE, e.kind());
        assertTrue(e.getMessage().contains("record 6 is not on the tape"), e::toString);
        assertEquals("100 100 100 100 100", small.map());
        assertEquals(5, source.at);
        target.insert(new MemoryTape());
        assertEquals(TapeCopy.End.END_OF_DATA, copy().build().run());
        assertEquals("100 100 100 100 100", target.tape.map());
    }

    @Test
    void aFailureOfTheTargetIsNotThatOfTheSource() throws Exception {
        fill(2, 4);
        target.fault = (number, operation, result) -> {
            if (number == 3) {
                throw MemoryDrive.failure(Kind.IO_ERROR, operation).build();
            }
        };
        StorageException e = assertThrows(StorageException.class, copy().build()::run);
        assertEquals("write", e.operation());
        assertTrue(e.getMessage().contains("record 3 is not on the tape"), e::toString);
        assertCopied(2);
    }

    @Test
    void aRecordThatWentElsewhereIsNotCopied() throws Exception {
        fill(1, 5);
        TapeCopy copy = copy().observer((records, fileMarks, bytes) -> {
                    if (records == 2) {
                        target.at = 0;
                    }
                    return true;
                })
                .build();
        StorageException e = assertThrows(StorageException.class, copy::run);
        assertEquals(Kind.TARGET_CHANGED, e.kind());
        assertEquals(2, copy.copied().records());
        assertEquals(2, source.at);
    }

    @Test
    void readingAndWritingOverlap() throws Exception {
        fill(1, 4);
        target.turns = new Semaphore(0);
        TapeCopy copy = copy().build();
        Thread thread = new Thread(() -> {
            try {
                copy.run();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        source.await(2); // the second is read while the first is being written
        assertEquals(0, target.at);
        target.turns.release(100);
        thread.join();
        assertCopied(5);
    }

    @Test
    void anInterruptStopsIt() throws Exception {
        fill(1, 4);
        source.refusesInterrupted = true;
        target.refusesInterrupted = true;
        TapeCopy copy = copy().observer((records, fileMarks, bytes) -> {
                    if (records == 2) {
                        Thread.currentThread().interrupt();
                    }
                    return true;
                })
                .build();
        assertEquals(
                Kind.INTERRUPTED,
                assertThrows(StorageException.class, copy::run).kind());
        assertTrue(Thread.interrupted());
        assertCopied(2);
        copy.run();
        assertCopied(5);
    }

    @Test
    void blocksOfASourceInFixedModeStayBlocks() throws Exception {
        for (int i = 0; i < 9; i++) {
            original.record(Bytes.random(i, 10));
        }
        source.blockSize = 10;
        copy().build().run();
        assertCopied(9);
    }

    @Test
    void oneDriveIsNotBoth() {
        assertEquals(
                Kind.INVALID_ARGUMENT,
                assertThrows(
                                StorageException.class,
                                () -> TapeCopy.between(source, source).build())
                        .kind());
        assertThrows(StorageException.class, () -> copy().files(0).build());
    }
}
