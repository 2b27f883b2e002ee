package io.pinion.tape.image;

import static io.pinion.tape.image.Tap.content;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.strategy.Handover;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeStatus.Condition;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a successor goes on, and what becomes of a tape whose place was lost. */
@Timeout(30)
class SuccessionTest {
    private static final byte[] FIRST = content(1, 41);
    private static final byte[] SECOND = content(2, 20);

    @TempDir
    private Path directory;

    private Path image;

    @BeforeEach
    void image() throws Exception {
        image = new Tap()
                .record(FIRST)
                .mark()
                .record(SECOND)
                .record(FIRST)
                .mark()
                .to(directory.resolve("a.tap"));
    }

    @Test
    void aDriverOfAnotherKindTellsTheBlockAddressAlone() throws Exception {
        Handover handover = Handover.from("other").at(TapePosition.at(Source.COUNTED, 0, 3));
        try (ImageDrive drive = ImageDrive.after(image, handover)) {
            assertEquals(3, drive.at());
            assertEquals(1, drive.channel.position().fileNumber().orElseThrow());
            assertEquals(ImageDrive.hex(FIRST), drive.next());
        }
        Handover beyond = Handover.from("other").at(TapePosition.at(Source.DRIVE, 0, 6));
        assertEquals(
                Kind.POSITION_UNKNOWN,
                assertThrows(StorageException.class, () -> ImageDrive.after(image, beyond))
                        .kind());
    }

    @Test
    void placeModeAndBlockSizeAreTakenOver() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.next();
            drive.next();
            drive.channel.setBlockSize(10);
            try (ImageDrive next = ImageDrive.after(image, end(drive))) {
                assertEquals(10, next.channel.status().blockSize());
                assertTrue(next.channel.status().is(Condition.FILE_MARK));
                next.channel.setBlockSize(0);
                assertEquals(2, next.at());
                assertEquals(1, next.channel.position().fileNumber().orElseThrow());
                assertEquals(ImageDrive.hex(SECOND), next.next());
                next.channel.unload(next.result);
                assertFalse(next.channel.status().is(Condition.READY));
                assertEquals("NOT_READY", next.next());
                try (ImageDrive last = ImageDrive.after(image, end(next))) {
                    assertEquals("NOT_READY", last.next());
                    assertEquals(Source.UNKNOWN, last.channel.position().source());
                    last.channel.load(last.result);
                    assertEquals(0, last.at());
                }
            }
        }
    }

    /** Somebody else has written the file meanwhile: nothing is read or written on a guess. */
    @Test
    void anImageThatWasChangedIsRefused() throws Exception {
        Handover handover;
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.toEnd();
            handover = end(drive);
        }
        assertRefused(handover, new Tap().record(FIRST));
        assertRefused(handover, new Tap().record(FIRST).record(content(3, 1000)));
        // As long as it was, but the place is another.
        assertRefused(
                Handover.from("tape-image")
                        .at(TapePosition.at(Source.DRIVE, 0, 4))
                        .with("tape-image.place", "offset=150 blockAddress=5 fileMarks=2"),
                new Tap().record(FIRST).mark().record(SECOND).record(FIRST).mark());
    }

    private void assertRefused(Handover handover, Tap changed) throws Exception {
        changed.to(image);
        byte[] before = Files.readAllBytes(image);
        StorageException e = assertThrows(StorageException.class, () -> ImageDrive.after(image, handover));
        assertEquals(Kind.POSITION_UNKNOWN, e.kind());
        assertTrue(e.getMessage().contains("somebody else has changed it"), e.getMessage());
        assertEquals(before.length, Files.size(image));
    }

    /** What was flushed stays; what was not is given up, so that it can't read as something else. */
    @Test
    void aFailedFlushLosesWhatWasNotFlushedAndNothingElse() throws Exception {
        ScriptedCalls scripted = new ScriptedCalls();
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            drive.toEnd().write(SECOND);
            drive.channel.flush();
            drive.write(FIRST).write(FIRST);
            scripted.fail("fdatasync", 1, Errno.EIO);
            StorageException e = assertThrows(StorageException.class, drive.channel::flush);
            assertEquals(Kind.FLUSH_FAILED, e.kind());
            assertEquals(6, e.position().orElseThrow().blockAddress());
            assertEquals(Source.UNKNOWN, drive.channel.position().source());
            assertEquals("POSITION_UNKNOWN", drive.next());
            assertEquals(Source.UNKNOWN, drive.result.source());
            assertEquals(
                    Kind.POSITION_UNKNOWN,
                    assertThrows(StorageException.class, () -> drive.write(FIRST))
                            .kind());
            assertEquals(
                    Kind.FLUSH_FAILED,
                    assertThrows(StorageException.class, drive.channel::flush).kind());
            try (ImageDrive next = ImageDrive.after(image, end(drive))) {
                assertEquals("POSITION_UNKNOWN", next.next());
                next.toEnd();
                assertEquals(6, next.at());
                next.write(content(3, 3)).channel.flush();
            }
        }
        byte[] wanted = new Tap()
                .record(FIRST)
                .mark()
                .record(SECOND)
                .record(FIRST)
                .mark()
                .record(SECOND)
                .record(content(3, 3))
                .bytes();
        assertEquals(-1, Arrays.mismatch(wanted, Files.readAllBytes(image)));
    }

    /** What was gathered could not be written out: a failure of earlier records, whenever it is met. */
    @Test
    void whatCouldNotBeWrittenOutIsLostFromTheLastFlushOn() throws Exception {
        ScriptedCalls scripted = new ScriptedCalls();
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            drive.toEnd().write(SECOND).flush();
            for (boolean reading : new boolean[] {true, false}) {
                drive.write(FIRST).write(FIRST);
                scripted.fail("pwritev2", 1, Errno.EIO);
                StorageException e = assertThrows(StorageException.class, () -> {
                    if (reading) {
                        drive.channel.read(ByteBuffer.allocate(100), drive.result);
                    } else {
                        drive.write(content(4, 300_000));
                    }
                });
                assertEquals(Kind.IO_ERROR, e.kind());
                assertTrue(e.isDeferred());
                assertEquals(6, e.position().orElseThrow().blockAddress());
                assertEquals(Source.UNKNOWN, drive.result.source());
                assertEquals("POSITION_UNKNOWN", drive.next());
                drive.toEnd();
                assertEquals(6, drive.at());
            }
        }
    }

    /** Whoever reads and flushes for nothing has nothing behind his place that a flush could lose. */
    @Test
    void aFailedFlushOfNothingGivesUpNothing() throws Exception {
        byte[] before = Files.readAllBytes(image);
        ScriptedCalls scripted = new ScriptedCalls();
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            drive.next();
            scripted.fail("fdatasync", 1, Errno.EIO);
            StorageException e = assertThrows(StorageException.class, drive.channel::flush);
            assertEquals(Kind.FLUSH_FAILED, e.kind());
            assertTrue(e.position().isEmpty());
            assertEquals("POSITION_UNKNOWN", drive.next());
            drive.rewind();
            assertEquals(ImageDrive.hex(FIRST), drive.next());
        }
        assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(image)));
    }

    /** That core does not know where the tape stands counts for more than what the predecessor has said. */
    @Test
    void aTapeInDoubtIsTakenOverAsItIs() throws Exception {
        Handover handover = Handover.from("tape-image")
                .at(TapePosition.unknown())
                .with("tape-image.place", "offset=999999 blockAddress=5 fileMarks=2");
        try (ImageDrive drive = ImageDrive.after(image, handover)) {
            assertEquals("POSITION_UNKNOWN", drive.next());
            drive.rewind();
            assertEquals(ImageDrive.hex(FIRST), drive.next());
        }
    }

    @Test
    void aRepositionedTapeIsWrittenAgain() throws Exception {
        ScriptedCalls scripted = new ScriptedCalls();
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            drive.toEnd().write(SECOND);
            scripted.fail("fdatasync", 2, Errno.ENOSPC);
            StorageException e = assertThrows(StorageException.class, () -> drive.marks(1));
            assertEquals(Kind.FLUSH_FAILED, e.kind());
            assertEquals(5, e.position().orElseThrow().blockAddress());
            assertThrows(StorageException.class, drive::rewind, "the disk is still full");
            assertEquals("POSITION_UNKNOWN", drive.next());
            drive.rewind();
            assertEquals(ImageDrive.hex(FIRST), drive.next());
            drive.toEnd();
            assertEquals(5, drive.at());
            drive.write(SECOND).marks(1).rewind();
        }
    }

    /** Before the tape moves backwards, and with each file mark, what was written is on stable storage. */
    @Test
    void whatMovesTheTapeFlushesFirst() throws Exception {
        ScriptedCalls scripted = new ScriptedCalls();
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            drive.toEnd();
            assertEquals(0, scripted.made("fdatasync"));
            drive.marks(1);
            assertEquals(1, scripted.made("fdatasync"));
            drive.write(FIRST).rewind().rewind();
            assertEquals(1, scripted.made("fdatasync"));
            drive.toEnd().write(FIRST).channel.spaceRecords(-1, drive.result);
            assertEquals(1, scripted.made("fdatasync"));
            drive.toEnd().write(FIRST).channel.locate(TapePosition.at(Source.DRIVE, 0, 1), drive.result);
            assertEquals(1, scripted.made("fdatasync"));
            drive.channel.erase(drive.result);
            assertEquals(1, scripted.made("fdatasync"));
            assertEquals("END_OF_DATA", drive.next());
        }
        assertEquals(new Tap().record(FIRST).bytes().length, Files.size(image));
    }

    @Test
    void aSuccessorThatWasClosedMeanwhileFailsInWords() throws Exception {
        ImageDrive drive = ImageDrive.open(image);
        drive.close();
        drive.close();
        assertEquals("CLOSED", drive.next());
        StorageException e =
                assertThrows(StorageException.class, () -> drive.channel.write(ByteBuffer.allocate(3), drive.result));
        assertEquals(Kind.CLOSED, e.kind());
    }

    private static Handover end(ImageDrive drive) throws StorageException {
        return drive.channel.end(Handover.from("tape-image").at(drive.channel.position()));
    }
}
