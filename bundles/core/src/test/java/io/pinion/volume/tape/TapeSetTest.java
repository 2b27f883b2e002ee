package io.pinion.volume.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.TapeDrive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams over several tapes. */
@Timeout(120)
class TapeSetTest {
    private final TapeSets sets = new TapeSets();

    @Test
    void threeTapesAreWrittenAndRead() throws Exception {
        List<MemoryTape> tapes = TapeSets.tapes(3, 500);
        byte[] content = sets.writeThree(tapes, TapeSets.SET);
        assertEquals("512 | 100 100 100 100 100 | 512 |", tapes.get(0).map());
        assertEquals("512 | 100 100 100 100 100 | 512 |", tapes.get(1).map());
        assertEquals("512 | 100 100 50 | 512 |", tapes.get(2).map());
        assertEquals(2, sets.shelf.requests.size());
        assertEquals(3, sets.shelf.requests.get(1).tape());
        assertEquals(Optional.of(TapeSets.SET), sets.shelf.requests.get(1).set());

        MemoryDrive drive = new MemoryDrive(tapes.get(0));
        Shelf again = new Shelf(drive, tapes.subList(1, 3));
        TapeInputStream in =
                TapeInputStream.from(drive).next(again).set(TapeSets.SET).open();
        assertArrayEquals(content, in.readAllBytes());
        assertEquals(new TapeProgress(13, 1250, 13, 3, false), in.progress());
        in.close();
        assertEquals(tapes.get(2).entries.size(), drive.at, "behind the last mark");
    }

    @Test
    void aSetThatEndsEarlyIsToldOf() throws Exception {
        List<MemoryTape> tapes = TapeSets.tapes(3, 500);
        sets.writeThree(tapes, TapeSets.SET);
        TapeInputStream in = sets.read(tapes.subList(0, 2));
        assertEquals(1000, in.readNBytes(1000).length);
        for (int i = 0; i < 2; i++) {
            StorageException e = assertThrows(StorageException.class, in::read);
            assertEquals(Kind.END_OF_DATA, e.kind());
            assertTrue(e.getMessage().contains("goes on on tape 3 with record 11"), e::toString);
        }
        in.close();
    }

    @Test
    void aTapeThatLostRecordsIsToldOf() throws Exception {
        List<MemoryTape> tapes = TapeSets.tapes(3, 500);
        sets.writeThree(tapes, TapeSets.SET);
        tapes.get(1).entries.remove(4);
        TapeInputStream in = sets.read(tapes);
        StorageException e = assertThrows(StorageException.class, in::readAllBytes);
        assertEquals(Kind.MEDIUM_ERROR, e.kind());
        assertTrue(e.getMessage().contains("records=5, bytes=500; read were tape 2"), e::toString);
        in.close();
    }

    @Test
    void aTapeWithoutRoomForItsTrailerIsGoneOnFrom() throws Exception {
        for (int room = 0; room < 800; room += 10) {
            // No warning, and the tape is full at the next record, its mark, its trailer or the last mark.
            List<MemoryTape> tapes = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                tapes.add(new MemoryTape(1200 + room, 0));
            }
            byte[] content = sets.writeThree(tapes, TapeSets.SET);
            List<MemoryTape> written =
                    tapes.stream().filter(tape -> !tape.entries.isEmpty()).toList();
            assertTrue(written.size() <= 5, () -> "tapes " + written.size());
            try (TapeInputStream in = sets.read(written)) {
                assertArrayEquals(content, in.readAllBytes(), "room " + room);
            }
        }
    }

    @Test
    void aTapeWithoutTrailerIsGoneOnFromWithTheNextRecordAlone() throws Exception {
        List<MemoryTape> tapes = TapeSets.tapes(3, 500);
        sets.writeThree(tapes, TapeSets.SET);
        tapes.get(0).entries.subList(6, 10).clear(); // four records are left, and nothing behind them
        TapeInputStream in = sets.read(tapes.subList(0, 2));
        StorageException e = assertThrows(StorageException.class, in::readAllBytes);
        assertEquals(Kind.END_OF_DATA, e.kind());
        assertTrue(e.getMessage().contains("the tape before has no trailer"), e::toString);
        assertTrue(
                e.getSuppressed()[0].getMessage().contains("begins behind 5 records, and 4 were read"),
                () -> e.getSuppressed()[0].toString());
        in.close();
    }

    @Test
    void drivesTakeTurns() throws Exception {
        List<MemoryTape> tapes = TapeSets.tapes(3, 500);
        MemoryDrive[] drives = {
            new MemoryDrive(tapes.get(0)), new MemoryDrive(tapes.get(1)), new MemoryDrive(tapes.get(2))
        };
        NextTape next = request -> Optional.<TapeDrive>of(drives[request.tape() - 1]);
        byte[] content = Bytes.random(8, 1250);
        try (TapeOutputStream out =
                TapeOutputStream.to(drives[0]).recordSize(100).next(next).open()) {
            out.write(content);
        }
        drives[0].at = 0;
        try (TapeInputStream in = TapeInputStream.from(drives[0]).next(next).open()) {
            assertArrayEquals(content, in.readAllBytes());
        }
    }

    @Test
    void aSetBeginsWhereTheTapeStands() throws Exception {
        MemoryTape tape = new MemoryTape().record(new byte[5]).mark();
        MemoryDrive drive = new MemoryDrive(tape);
        drive.at = 2;
        NextTape none = request -> Optional.empty();
        try (TapeOutputStream out =
                TapeOutputStream.to(drive).recordSize(100).next(none).open()) {
            out.write(new byte[10]);
        }
        assertEquals("5 | 512 | 10 | 512 |", tape.map());
        drive.at = 2;
        try (TapeInputStream in = TapeInputStream.from(drive).next(none).open()) {
            assertEquals(10, in.readAllBytes().length);
        }
        assertEquals(8, drive.at);
    }

    @Test
    void fixedModeIsRefused() {
        MemoryDrive drive = new MemoryDrive(new MemoryTape());
        drive.blockSize = 512;
        StorageException e = assertThrows(
                StorageException.class,
                () -> TapeOutputStream.to(drive)
                        .recordSize(1024)
                        .next(request -> Optional.empty())
                        .open());
        assertTrue(e.getMessage().contains("setBlockSize(0)"), e::toString);
    }

    @Test
    void anySetIsReadAsItWasWritten() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int recordSize = 1 + random.nextInt(300);
            byte[] content = Bytes.random(random.nextLong(), random.nextInt(8000));
            List<MemoryTape> tapes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                tapes.add(new MemoryTape(1300 + recordSize + random.nextInt(2000), random.nextInt(600)));
            }
            MemoryDrive drive = new MemoryDrive(tapes.get(0));
            Shelf written = new Shelf(drive, tapes.subList(1, tapes.size()));
            try (TapeOutputStream out = TapeOutputStream.to(drive)
                    .recordSize(recordSize)
                    .buffers(2 + random.nextInt(3))
                    .next(written)
                    .open()) {
                for (int at = 0; at < content.length; ) {
                    int length = Math.min(content.length - at, 1 + random.nextInt(1000));
                    out.write(content, at, length);
                    at += length;
                }
            }
            drive.insert(tapes.get(0));
            Shelf reading = new Shelf(drive, tapes.subList(1, tapes.size()));
            try (TapeInputStream in = TapeInputStream.from(drive)
                    .recordSize(1 + random.nextInt(500))
                    .next(reading)
                    .open()) {
                assertArrayEquals(content, in.readAllBytes(), "seed " + seed + " round " + round);
            }
            assertEquals(written.requests.size(), reading.requests.size(), "seed " + seed);
        }
    }
}
