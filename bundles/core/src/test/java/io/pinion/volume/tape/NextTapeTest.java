package io.pinion.volume.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Which tape a stream goes on with, and what becomes of one that gets none. */
@Timeout(120)
class NextTapeTest {
    private final TapeSets sets = new TapeSets();

    @Test
    void anotherTapeIsRefusedWithBothNamesAndMayBeReplaced() throws Exception {
        List<MemoryTape> tapes = TapeSets.tapes(3, 500);
        byte[] content = sets.writeThree(tapes, TapeSets.SET);
        List<MemoryTape> others = TapeSets.tapes(3, 500);
        UUID other = UUID.randomUUID();
        sets.writeThree(others, other);
        List<MemoryTape> offered =
                List.of(tapes.get(0), tapes.get(2), others.get(1), new MemoryTape(), tapes.get(1), tapes.get(2));
        try (TapeInputStream in = sets.read(offered)) {
            assertArrayEquals(content, in.readAllBytes());
        }
        assertEquals(5, sets.shelf.requests.size());
        refused(1, "it is tape 3 of set " + TapeSets.SET + " (Weekly); wanted is tape 2 of set " + TapeSets.SET);
        refused(2, "it is tape 2 of set " + other + " (Weekly); wanted is tape 2 of set " + TapeSets.SET);
        refused(3, "it is a tape without a label of Pinion's; wanted is tape 2 of set " + TapeSets.SET);
        assertEquals(4, sets.shelf.requests.get(3).attempt());
        assertEquals(Optional.empty(), sets.shelf.requests.get(4).refusal());
    }

    private void refused(int request, String words) {
        StorageException refusal = sets.shelf.requests.get(request).refusal().orElseThrow();
        assertEquals(Kind.WRONG_MEDIUM, refusal.kind());
        assertTrue(refusal.getMessage().contains(words), refusal::toString);
    }

    @Test
    void theFirstTapeIsVerifiedToo() throws Exception {
        List<MemoryTape> tapes = TapeSets.tapes(3, 500);
        byte[] content = sets.writeThree(tapes, TapeSets.SET);
        try (TapeInputStream in = sets.read(List.of(tapes.get(1), tapes.get(0), tapes.get(1), tapes.get(2)))) {
            assertArrayEquals(content, in.readAllBytes());
        }
        refused(0, "it is tape 2 of set " + TapeSets.SET + " (Weekly); wanted is tape 1 of a set");
        StorageException e = assertThrows(StorageException.class, () -> sets.read(List.of(new MemoryTape())));
        assertEquals(Kind.WRONG_MEDIUM, e.kind());
    }

    @Test
    void aTapeOfTheSetIsNotWrittenOver() throws Exception {
        List<MemoryTape> tapes = TapeSets.tapes(3, 500);
        byte[] content = Bytes.random(7, 1250);
        List<MemoryTape> offered =
                List.of(tapes.get(0), tapes.get(0), tapes.get(1), tapes.get(0), tapes.get(1), tapes.get(2));
        try (TapeOutputStream out = sets.write(offered, TapeSets.SET)) {
            out.write(content);
        }
        assertEquals(5, sets.shelf.requests.size());
        assertEquals(
                Kind.WRONG_MEDIUM,
                sets.shelf.requests.get(1).refusal().orElseThrow().kind());
        try (TapeInputStream in = sets.read(tapes)) {
            assertArrayEquals(content, in.readAllBytes());
        }
    }

    @Test
    void theFirstTapeIsNotWrittenOverWhenTheSetBeganBehindOtherFiles() throws Exception {
        MemoryTape first = TapeSets.tapeFor(535).record(new byte[5]).mark();
        MemoryTape second = TapeSets.tapeFor(500).record(new byte[5]).mark().record(new byte[700]);
        MemoryDrive drive = new MemoryDrive(first);
        drive.at = 2;
        sets.shelf = new Shelf(drive, List.of(first, second, first, TapeSets.tapeFor(500)));
        byte[] content = Bytes.random(7, 1250);
        try (TapeOutputStream out =
                TapeOutputStream.to(drive).recordSize(100).next(sets.shelf).open()) {
            out.write(content);
        }
        assertEquals("5 | 512 | 100 100 100 100 100 | 512 |", first.map());
        assertEquals("512 | 100 100 100 100 100 | 512 |", second.map());
        assertEquals("512 | 100 100 50 | 512 |", drive.tape.map());
        assertEquals(4, sets.shelf.requests.size());
        assertEquals(
                Kind.WRONG_MEDIUM,
                sets.shelf.requests.get(1).refusal().orElseThrow().kind());
        assertEquals(
                Kind.WRONG_MEDIUM,
                sets.shelf.requests.get(3).refusal().orElseThrow().kind());
    }

    @Test
    void aTapeThatWasBegunInVainIsTakenAgain() throws Exception {
        List<MemoryTape> tapes = TapeSets.tapes(3, 500);
        TapeLabel begun = new TapeLabel(TapeSets.SET, "Weekly", 2, 5, 100);
        tapes.get(1).record(begun.toRecord().array());
        byte[] content = sets.writeThree(tapes, TapeSets.SET);
        assertEquals(2, sets.shelf.requests.size());
        try (TapeInputStream in = sets.read(tapes)) {
            assertArrayEquals(content, in.readAllBytes());
        }
    }

    @Test
    void whatElseIsOnATapeIsWrittenOver() throws Exception {
        List<MemoryTape> tapes = TapeSets.tapes(3, 500);
        tapes.get(1).record(new byte[500]).mark();
        byte[] old = new byte[512];
        tapes.get(2).record(old);
        byte[] content = sets.writeThree(tapes, TapeSets.SET);
        try (TapeInputStream in = sets.read(tapes)) {
            assertArrayEquals(content, in.readAllBytes());
        }
    }

    @Test
    void theCallbackMayEndTheStream() throws Exception {
        MemoryDrive drive = new MemoryDrive(TapeSets.tapeFor(300));
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
        MemoryTape tape = TapeSets.tapeFor(300);
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
        List<MemoryTape> tapes = TapeSets.tapes(3, 500);
        sets.writeThree(tapes, TapeSets.SET);
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
    void aStreamWithoutANextTapeNamesTheFirstRecordThatIsNotOnOne() throws Exception {
        TapeOutputStream out = sets.write(TapeSets.tapes(2, 500), TapeSets.SET);
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
}
