package io.pinion.volume.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.TapeDrive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Streams over several tapes. */
@Timeout(120)
class TapeSetTest {
    private static final UUID SET = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");

    /** One that warns once it has so many hundreds of bytes, with room for trailer and marks. */
    static MemoryTape tapeFor(int bytes) {
        int around = TapeLabel.LENGTH + MemoryTape.MARK_COST;
        int room = 50;
        return new MemoryTape(around + bytes + around + MemoryTape.MARK_COST, around + MemoryTape.MARK_COST + room);
    }

    private static List<MemoryTape> tapes(int count, int bytes) {
        List<MemoryTape> tapes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tapes.add(tapeFor(bytes));
        }
        return tapes;
    }

    private Shelf shelf;

    private TapeOutputStream write(List<MemoryTape> tapes, UUID set) throws IOException {
        MemoryDrive drive = new MemoryDrive(tapes.get(0));
        shelf = new Shelf(drive, tapes.subList(1, tapes.size()));
        return TapeOutputStream.to(drive)
                .recordSize(100)
                .set(set)
                .setName("Weekly")
                .next(shelf)
                .open();
    }

    private TapeInputStream read(List<MemoryTape> tapes) throws IOException {
        MemoryDrive drive = new MemoryDrive(tapes.get(0));
        shelf = new Shelf(drive, tapes.subList(1, tapes.size()));
        return TapeInputStream.from(drive).recordSize(64).next(shelf).open();
    }

    private byte[] writeThree(List<MemoryTape> tapes, UUID set) throws IOException {
        byte[] content = Bytes.random(7, 1250);
        try (TapeOutputStream out = write(tapes, set)) {
            out.write(content);
        }
        return content;
    }

    @Test
    void threeTapesAreWrittenAndRead() throws Exception {
        List<MemoryTape> tapes = tapes(3, 500);
        byte[] content = writeThree(tapes, SET);
        assertEquals("512 | 100 100 100 100 100 | 512 |", tapes.get(0).map());
        assertEquals("512 | 100 100 100 100 100 | 512 |", tapes.get(1).map());
        assertEquals("512 | 100 100 50 | 512 |", tapes.get(2).map());
        assertEquals(2, shelf.requests.size());
        assertEquals(3, shelf.requests.get(1).tape());
        assertEquals(Optional.of(SET), shelf.requests.get(1).set());

        MemoryDrive drive = new MemoryDrive(tapes.get(0));
        Shelf again = new Shelf(drive, tapes.subList(1, 3));
        TapeInputStream in = TapeInputStream.from(drive).next(again).set(SET).open();
        assertArrayEquals(content, in.readAllBytes());
        assertEquals(new TapeProgress(13, 1250, 13, 3, false), in.progress());
        in.close();
        assertEquals(tapes.get(2).entries.size(), drive.at, "behind the last mark");
    }

    @Test
    void labelsAndTrailersAreAsTheyAreDescribed() throws Exception {
        List<MemoryTape> tapes = tapes(3, 500);
        writeThree(tapes, SET);
        assertEquals("""
                PINION TAPE LABEL 1
                set=123e4567-e89b-12d3-a456-426614174000
                tape=2
                records-before=5
                record-size=100
                name=Weekly
                """, text(tapes.get(1).entries.get(0)));
        assertEquals("""
                PINION TAPE TRAILER 1
                set=123e4567-e89b-12d3-a456-426614174000
                tape=2
                records=5
                bytes=500
                continued=yes
                """, text(tapes.get(1).entries.get(8)));
        assertTrue(text(tapes.get(2).entries.get(6)).endsWith("continued=no\n"));
        TapeLabel label =
                TapeLabel.of(ByteBuffer.wrap(tapes.get(1).entries.get(0))).orElseThrow();
        assertEquals(new TapeLabel(SET, "Weekly", 2, 5, 100), label);
    }

    private static String text(byte[] record) {
        assertEquals(512, record.length);
        return new String(record, StandardCharsets.UTF_8).replace("\0", "");
    }

    @Test
    void whatIsNoLabelIsNotTakenForOne() {
        byte[] label = new TapeLabel(SET, "", 1, 0, 100).toRecord().array();
        assertEquals(Optional.empty(), TapeLabel.of(ByteBuffer.wrap(label, 0, 511)));
        String text = new String(label, StandardCharsets.UTF_8);
        for (String damaged : List.of(
                text.replace("LABEL 1", "LABEL 2"),
                text.replace("tape=1", "tape=x"),
                text.replace("tape=1", "TAPE=1"),
                text.replace("tape=1\n", "").concat("\0\0\0\0\0\0\0"),
                text.replace("123e", "!!!!"))) {
            assertEquals(
                    Optional.empty(), TapeLabel.of(ByteBuffer.wrap(damaged.getBytes(StandardCharsets.UTF_8))), damaged);
        }
        assertThrows(IllegalArgumentException.class, () -> new TapeLabel(SET, "a\nb", 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new TapeLabel(SET, "a".repeat(201), 1, 0, 1));
    }

    @Test
    void anotherTapeIsRefusedWithBothNamesAndMayBeReplaced() throws Exception {
        List<MemoryTape> tapes = tapes(3, 500);
        byte[] content = writeThree(tapes, SET);
        List<MemoryTape> others = tapes(3, 500);
        UUID other = UUID.randomUUID();
        writeThree(others, other);
        List<MemoryTape> offered =
                List.of(tapes.get(0), tapes.get(2), others.get(1), new MemoryTape(), tapes.get(1), tapes.get(2));
        try (TapeInputStream in = read(offered)) {
            assertArrayEquals(content, in.readAllBytes());
        }
        assertEquals(5, shelf.requests.size());
        refused(1, "it is tape 3 of set " + SET + " (Weekly); wanted is tape 2 of set " + SET);
        refused(2, "it is tape 2 of set " + other + " (Weekly); wanted is tape 2 of set " + SET);
        refused(3, "it is a tape without a label of Pinion's; wanted is tape 2 of set " + SET);
        assertEquals(4, shelf.requests.get(3).attempt());
        assertEquals(Optional.empty(), shelf.requests.get(4).refusal());
    }

    private void refused(int request, String words) {
        StorageException refusal = shelf.requests.get(request).refusal().orElseThrow();
        assertEquals(Kind.WRONG_MEDIUM, refusal.kind());
        assertTrue(refusal.getMessage().contains(words), refusal::toString);
    }

    @Test
    void theFirstTapeIsVerifiedToo() throws Exception {
        List<MemoryTape> tapes = tapes(3, 500);
        byte[] content = writeThree(tapes, SET);
        try (TapeInputStream in = read(List.of(tapes.get(1), tapes.get(0), tapes.get(1), tapes.get(2)))) {
            assertArrayEquals(content, in.readAllBytes());
        }
        refused(0, "it is tape 2 of set " + SET + " (Weekly); wanted is tape 1 of a set");
        StorageException e = assertThrows(StorageException.class, () -> read(List.of(new MemoryTape())));
        assertEquals(Kind.WRONG_MEDIUM, e.kind());
    }

    @Test
    void aTapeOfTheSetIsNotWrittenOver() throws Exception {
        List<MemoryTape> tapes = tapes(3, 500);
        byte[] content = Bytes.random(7, 1250);
        List<MemoryTape> offered =
                List.of(tapes.get(0), tapes.get(0), tapes.get(1), tapes.get(0), tapes.get(1), tapes.get(2));
        try (TapeOutputStream out = write(offered, SET)) {
            out.write(content);
        }
        assertEquals(5, shelf.requests.size());
        assertEquals(
                Kind.WRONG_MEDIUM, shelf.requests.get(1).refusal().orElseThrow().kind());
        try (TapeInputStream in = read(tapes)) {
            assertArrayEquals(content, in.readAllBytes());
        }
    }

    @Test
    void theFirstTapeIsNotWrittenOverWhenTheSetBeganBehindOtherFiles() throws Exception {
        MemoryTape first = tapeFor(535).record(new byte[5]).mark();
        MemoryTape second = tapeFor(500).record(new byte[5]).mark().record(new byte[700]);
        MemoryDrive drive = new MemoryDrive(first);
        drive.at = 2;
        shelf = new Shelf(drive, List.of(first, second, first, tapeFor(500)));
        byte[] content = Bytes.random(7, 1250);
        try (TapeOutputStream out =
                TapeOutputStream.to(drive).recordSize(100).next(shelf).open()) {
            out.write(content);
        }
        assertEquals("5 | 512 | 100 100 100 100 100 | 512 |", first.map());
        assertEquals("512 | 100 100 100 100 100 | 512 |", second.map());
        assertEquals("512 | 100 100 50 | 512 |", drive.tape.map());
        assertEquals(4, shelf.requests.size());
        assertEquals(
                Kind.WRONG_MEDIUM, shelf.requests.get(1).refusal().orElseThrow().kind());
        assertEquals(
                Kind.WRONG_MEDIUM, shelf.requests.get(3).refusal().orElseThrow().kind());
    }

    @Test
    void aTapeThatWasBegunInVainIsTakenAgain() throws Exception {
        List<MemoryTape> tapes = tapes(3, 500);
        TapeLabel begun = new TapeLabel(SET, "Weekly", 2, 5, 100);
        tapes.get(1).record(begun.toRecord().array());
        byte[] content = writeThree(tapes, SET);
        assertEquals(2, shelf.requests.size());
        try (TapeInputStream in = read(tapes)) {
            assertArrayEquals(content, in.readAllBytes());
        }
    }

    @Test
    void whatElseIsOnATapeIsWrittenOver() throws Exception {
        List<MemoryTape> tapes = tapes(3, 500);
        tapes.get(1).record(new byte[500]).mark();
        byte[] old = new byte[512];
        tapes.get(2).record(old);
        byte[] content = writeThree(tapes, SET);
        try (TapeInputStream in = read(tapes)) {
            assertArrayEquals(content, in.readAllBytes());
        }
    }

    @Test
    void aStreamWithoutANextTapeNamesTheFirstRecordThatIsNotOnOne() throws Exception {
        TapeOutputStream out = write(tapes(2, 500), SET);
        StorageException e = assertThrows(StorageException.class, () -> {
            while (true) {
                out.write(new byte[100]);
            }
        });
        assertEquals(Kind.NO_SPACE, e.kind());
        assertTrue(e.getMessage().contains("no next one was given for record 11"), e::toString);
        assertTrue(e.getMessage().contains("10 records are on the medium"), e::toString);
        assertThrows(StorageException.class, out::close);
        assertEquals(10, out.progress().recordsOnMedium());
    }

    @Test
    void theCallbackMayEndTheStream() throws Exception {
        MemoryDrive drive = new MemoryDrive(tapeFor(300));
        TapeOutputStream out = TapeOutputStream.to(drive)
                .recordSize(100)
                .next(request -> {
                    throw MemoryDrive.failure(Kind.CANCELLED, "next").build();
                })
                .open();
        assertEquals(
                Kind.CANCELLED,
                assertThrows(StorageException.class, () -> out.write(new byte[5000]))
                        .kind());
        out.abandon();
    }

    @Test
    void aCallbackWithABugEndsTheStreamThatIsWritten() throws Exception {
        MemoryTape tape = tapeFor(300);
        AtomicInteger asked = new AtomicInteger();
        TapeOutputStream out = TapeOutputStream.to(new MemoryDrive(tape))
                .recordSize(100)
                .next(request -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("a bug");
                })
                .open();
        byte[] content = new byte[5000];
        failsByABug(() -> out.write(content));
        failsByABug(() -> out.write(content));
        failsByABug(out::close);
        assertEquals(1, asked.get());
        assertEquals("512 | 100 100 100 | 512 |", tape.map());
    }

    @Test
    void aCallbackWithABugEndsTheStreamThatIsRead() throws Exception {
        List<MemoryTape> tapes = tapes(3, 500);
        writeThree(tapes, SET);
        AtomicInteger asked = new AtomicInteger();
        try (TapeInputStream in = TapeInputStream.from(new MemoryDrive(tapes.get(0)))
                .next(request -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("a bug");
                })
                .open()) {
            assertEquals(500, in.readNBytes(500).length);
            failsByABug(in::read);
            failsByABug(in::read);
        }
        assertEquals(1, asked.get());
    }

    @Test
    void aCallbackWithABugFailsTheCallThatAsks() throws Exception {
        NextTape bug = request -> {
            throw new IllegalStateException("a bug");
        };
        int label = TapeLabel.LENGTH + MemoryTape.MARK_COST;
        // Room for three records and their mark, and for no trailer.
        MemoryTape full = new MemoryTape(label + 300 + MemoryTape.MARK_COST, 0);
        TapeOutputStream out = TapeOutputStream.to(new MemoryDrive(full))
                .recordSize(100)
                .next(bug)
                .open();
        out.write(new byte[300]);
        failsByABug(out::close);
        MemoryDrive other =
                new MemoryDrive(new MemoryTape().record(new byte[10]).mark());
        failsByABug(() -> TapeInputStream.from(other).next(bug).open());
    }

    private static void failsByABug(Executable call) {
        StorageException e = assertThrows(StorageException.class, call);
        assertEquals(Kind.STRATEGY_FAULT, e.kind());
        assertTrue(e.getMessage().contains("who was asked for the next tape, threw"), e::toString);
        assertTrue(e.getMessage().contains("a bug"), e::toString);
    }

    @Test
    void aSetThatEndsEarlyIsToldOf() throws Exception {
        List<MemoryTape> tapes = tapes(3, 500);
        writeThree(tapes, SET);
        TapeInputStream in = read(tapes.subList(0, 2));
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
        List<MemoryTape> tapes = tapes(3, 500);
        writeThree(tapes, SET);
        tapes.get(1).entries.remove(4);
        TapeInputStream in = read(tapes);
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
            byte[] content = writeThree(tapes, SET);
            List<MemoryTape> written =
                    tapes.stream().filter(tape -> !tape.entries.isEmpty()).toList();
            assertTrue(written.size() <= 5, () -> "tapes " + written.size());
            try (TapeInputStream in = read(written)) {
                assertArrayEquals(content, in.readAllBytes(), "room " + room);
            }
        }
    }

    @Test
    void aTapeWithoutTrailerIsGoneOnFromWithTheNextRecordAlone() throws Exception {
        List<MemoryTape> tapes = tapes(3, 500);
        writeThree(tapes, SET);
        tapes.get(0).entries.subList(6, 10).clear(); // four records are left, and nothing behind them
        TapeInputStream in = read(tapes.subList(0, 2));
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
        List<MemoryTape> tapes = tapes(3, 500);
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
