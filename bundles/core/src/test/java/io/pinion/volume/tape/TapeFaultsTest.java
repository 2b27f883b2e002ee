package io.pinion.volume.tape;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whichever operation fails, in whatever way, it is told, and nothing that was said to be on the medium is lost or doubled. */
@Timeout(120)
class TapeFaultsTest {
    private static final int RECORD = 100;
    private static final byte[] CONTENT = Bytes.random(9, 1250);

    /** In what way an operation fails. */
    private enum Way {
        /** It does nothing, and the tape stays. */
        STAYS,
        /** The drive loses some of what it had taken, and where the tape is. */
        LOSES,
        /** The driver breaks its contract. */
        FAULT
    }

    private interface Scenario {
        void run(MemoryDrive drive) throws IOException;
    }

    private interface Check {
        void of(MemoryDrive drive, Exception failure);
    }

    /** Runs it with each operation failing in turn. */
    private static void eachOperation(MemoryTape tape, Scenario scenario, Check check) throws IOException {
        eachOperation(tape, "", scenario, check);
    }

    /** @param harmless the operation whose failure need not be told */
    private static void eachOperation(MemoryTape tape, String harmless, Scenario scenario, Check check)
            throws IOException {
        MemoryDrive counting = new MemoryDrive(tape);
        scenario.run(counting);
        int operations = counting.operations.size();
        assertTrue(operations > 10, () -> "operations " + operations);
        for (Way way : Way.values()) {
            AtomicInteger failed = new AtomicInteger();
            for (int i = 1; i <= operations; i++) {
                MemoryDrive drive = new MemoryDrive(tape);
                fail(drive, i, way, failed);
                int before = failed.get();
                Exception told = null;
                try {
                    scenario.run(drive);
                } catch (StorageException | IllegalStateException e) {
                    told = e;
                }
                String operation = failed.get() == before ? "none" : drive.operations.get(i - 1);
                if (told != null || !operation.equals("none") && !operation.equals(harmless)) {
                    assertTold(told, way, "operation " + i + ", " + operation);
                    check.of(drive, told);
                }
            }
            // Read-ahead may have been further when operations were counted.
            assertTrue(failed.get() >= operations - 3, () -> way + " failed " + failed + " of " + operations);
        }
    }

    private static void assertTold(Exception told, Way way, String where) {
        assertTrue(told != null, () -> way + " at " + where + " was not told");
        if (way == Way.FAULT) {
            assertTrue(told.getMessage().contains("a bug"), told::toString);
        } else {
            assertEquals(Kind.IO_ERROR, ((StorageException) told).kind(), where);
        }
    }

    private static void fail(MemoryDrive drive, int which, Way way, AtomicInteger failed) {
        drive.fault = (number, operation, result) -> {
            if (number == which) {
                failed.incrementAndGet();
                switch (way) {
                    case STAYS:
                        throw MemoryDrive.failure(Kind.IO_ERROR, operation).build();
                    case LOSES:
                        throw operation.equals("read") ? lost(drive) : drive.loseUnflushed(1, operation);
                    default:
                        throw new IllegalStateException("a bug");
                }
            }
        };
    }

    private static StorageException lost(MemoryDrive drive) {
        drive.lost = true;
        return MemoryDrive.failure(Kind.IO_ERROR, "read").build();
    }

    @Test
    void ofAStreamThatIsWritten() throws Exception {
        AtomicInteger onMedium = new AtomicInteger();
        eachOperation(
                new MemoryTape(),
                drive -> {
                    drive.insert(new MemoryTape());
                    TapeOutputStream out =
                            TapeOutputStream.to(drive).recordSize(RECORD).open();
                    try (out) {
                        out.write(CONTENT, 0, 550);
                        out.flush();
                        out.write(CONTENT, 550, 700);
                    } finally {
                        onMedium.set((int) out.progress().recordsOnMedium());
                    }
                },
                (drive, failure) -> {
                    byte[] written = Bytes.of(drive.tape.entries);
                    assertArrayEquals(Arrays.copyOf(CONTENT, written.length), written);
                    int there = (int) drive.tape.entries.stream()
                            .filter(entry -> entry != MemoryTape.MARK)
                            .count();
                    assertTrue(onMedium.get() <= there, () -> onMedium + " are said to be there, there are " + there);
                    if (failure instanceof StorageException told && told.isDeferred()) {
                        assertEquals(there, onMedium.get(), "what the drive said is known");
                    }
                });
    }

    @Test
    void ofAStreamThatIsRead() throws Exception {
        MemoryTape tape = new MemoryTape();
        try (TapeOutputStream out =
                TapeOutputStream.to(new MemoryDrive(tape)).recordSize(RECORD).open()) {
            out.write(CONTENT);
        }
        AtomicInteger read = new AtomicInteger();
        eachOperation(
                tape,
                drive -> {
                    read.set(0);
                    try (TapeInputStream in =
                            TapeInputStream.from(drive).recordSize(64).open()) {
                        for (int value = in.read(); value >= 0; value = in.read()) {
                            assertEquals(CONTENT[read.getAndIncrement()], (byte) value);
                        }
                    }
                    assertEquals(CONTENT.length, read.get());
                },
                (drive, failure) -> assertTrue(
                        read.get() % RECORD == 0 || read.get() == CONTENT.length, "all of what was read before it"));
    }

    @Test
    void ofASet() throws Exception {
        List<MemoryTape> tapes = new ArrayList<>();
        Scenario scenario = drive -> {
            tapes.clear();
            for (int i = 0; i < 6; i++) {
                tapes.add(TapeSets.tapeFor(500));
            }
            drive.insert(tapes.get(0));
            Shelf shelf = new Shelf(drive, tapes.subList(1, tapes.size()));
            try (TapeOutputStream out =
                    TapeOutputStream.to(drive).recordSize(RECORD).next(shelf).open()) {
                out.write(CONTENT);
            }
            Optional<StorageException> refusal = shelf.requests.stream()
                    .flatMap(request -> request.refusal().stream())
                    .findFirst();
            if (refusal.isPresent()) {
                throw refusal.get();
            }
        };
        // What cannot be read on a tape that is to be written is no label.
        eachOperation(new MemoryTape(), "read", scenario, (drive, failure) -> {
            List<byte[]> records = new ArrayList<>();
            tapes.stream()
                    .flatMap(tape -> tape.entries.stream())
                    .filter(entry -> entry != MemoryTape.MARK && entry.length != TapeLabel.LENGTH)
                    .forEach(records::add);
            byte[] written = Bytes.of(records);
            assertArrayEquals(Arrays.copyOf(CONTENT, written.length), written);
        });
    }

    @Test
    void ofACopy() throws Exception {
        MemoryTape original = new MemoryTape();
        for (int i = 0; i < 6; i++) {
            original.record(Bytes.random(i, 50 + i)).record(new byte[10]).mark();
        }
        MemoryTape[] copied = new MemoryTape[1];
        Scenario ofSource = drive -> {
            copied[0] = new MemoryTape();
            TapeCopy.between(drive, new MemoryDrive(copied[0]))
                    .recordSize(64)
                    .build()
                    .run();
        };
        eachOperation(original, ofSource, (drive, failure) -> same(original, copied[0]));
        Scenario ofTarget = drive -> {
            copied[0] = new MemoryTape();
            drive.insert(copied[0]);
            TapeCopy.between(new MemoryDrive(original), drive)
                    .recordSize(64)
                    .build()
                    .run();
        };
        eachOperation(new MemoryTape(), ofTarget, (drive, failure) -> same(original, copied[0]));
    }

    private static void same(MemoryTape original, MemoryTape copy) {
        for (int i = 0; i < copy.entries.size(); i++) {
            assertArrayEquals(original.entries.get(i), copy.entries.get(i));
        }
    }

    @Test
    void aMarkThatFailsIsToldOfByClose() throws Exception {
        MemoryDrive drive = new MemoryDrive(new MemoryTape(220, 0));
        TapeOutputStream out = TapeOutputStream.to(drive).recordSize(RECORD).open();
        out.write(new byte[200]);
        StorageException e = assertThrows(StorageException.class, out::close);
        assertEquals(Kind.NO_SPACE, e.kind());
        assertEquals("writeFileMarks", e.operation());
        assertTrue(e.getMessage().contains("after record 2"), e::toString);
    }
}
