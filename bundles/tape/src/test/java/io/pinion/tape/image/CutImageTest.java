package io.pinion.tape.image;

import static io.pinion.tape.image.Tap.content;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.strategy.Handover;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * An image that another program has cut meanwhile. What is written behind its end would leave a hole of zeros, which reads as
 * file marks.
 */
@Timeout(30)
class CutImageTest {
    private static final byte[] SHORT = content(1, 40);
    private static final byte[] LONG = content(2, 300_000);
    /** What is left is one record of the two that were there, and it is whole. */
    private static final long LEFT = 48;

    @TempDir
    private Path directory;

    private Path image;

    @BeforeEach
    void image() throws Exception {
        image = new Tap().record(SHORT).record(SHORT).to(directory.resolve("a.tap"));
    }

    private void cut() throws Exception {
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
            file.truncate(LEFT);
        }
    }

    private static void assertKind(Kind kind, Executable call) {
        StorageException e = assertThrows(StorageException.class, call);
        assertEquals(kind, e.kind(), e.getMessage());
        assertTrue(e.getMessage().contains("another program has cut it"), e.getMessage());
    }

    /** The tape can be used again, and what is left is all that is on it. */
    private void assertUsable(ImageDrive drive) throws Exception {
        assertEquals(LEFT, Files.size(image));
        drive.rewind();
        assertEquals(ImageDrive.hex(SHORT), drive.next());
        assertEquals("END_OF_DATA", drive.next());
        drive.toEnd();
        assertEquals(1, drive.at());
        drive.write(SHORT).marks(1).rewind();
        assertEquals(ImageDrive.hex(SHORT), drive.next());
        assertEquals(ImageDrive.hex(SHORT), drive.next());
        assertEquals("FILE_MARK", drive.next());
        assertEquals("END_OF_DATA", drive.next());
    }

    @Test
    void theFirstRecordIsNotWrittenBehindItsEnd() throws Exception {
        for (byte[] record : new byte[][] {SHORT, LONG}) {
            image();
            try (ImageDrive drive = ImageDrive.open(image)) {
                drive.toEnd();
                cut();
                assertKind(Kind.TARGET_CHANGED, () -> drive.write(record));
                assertEquals("POSITION_UNKNOWN", drive.next());
                assertUsable(drive);
            }
        }
    }

    @Test
    void neitherAreMarks() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.toEnd();
            cut();
            assertKind(Kind.TARGET_CHANGED, () -> drive.marks(1));
            assertUsable(drive);
        }
    }

    @Test
    void anEraseDoesNotMakeItLonger() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.toEnd();
            cut();
            assertKind(Kind.TARGET_CHANGED, () -> drive.channel.erase(drive.result));
            assertUsable(drive);
        }
    }

    @Test
    void aRecordBetweenOthersIsNot() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.toEnd().write(LONG);
            cut();
            assertKind(Kind.TARGET_CHANGED, () -> drive.write(LONG));
            assertEquals(LEFT, Files.size(image));
            assertEquals(
                    Kind.FLUSH_FAILED,
                    assertThrows(StorageException.class, drive::flush).kind());
            // What was flushed is gone, too: whoever repositions is told once.
            assertKind(Kind.TARGET_CHANGED, drive::rewind);
            assertEquals("POSITION_UNKNOWN", drive.next());
            assertUsable(drive);
        }
    }

    @Test
    void recordsThatWereGatheredAreNot() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.toEnd().write(SHORT).flush();
            drive.write(SHORT);
            cut();
            assertKind(Kind.FLUSH_FAILED, drive::flush);
            assertEquals(LEFT, Files.size(image));
            assertKind(Kind.TARGET_CHANGED, drive::toEnd);
            assertUsable(drive);
        }
    }

    /** It would acknowledge what is not there. */
    @Test
    void aFlushFailsWhenWhatItIsToFlushIsGone() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.toEnd().write(LONG);
            cut();
            assertKind(Kind.FLUSH_FAILED, drive::flush);
            assertEquals(LEFT, Files.size(image));
        }
    }

    /** The predecessor's flush has failed, and what it has left to be given up is gone, and more. */
    @Test
    void aSuccessorDoesNotMakeItLonger() throws Exception {
        Handover handover;
        ScriptedCalls scripted = new ScriptedCalls();
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            drive.toEnd().write(LONG);
            scripted.fail("fdatasync", 1, Errno.EIO);
            assertThrows(StorageException.class, drive::flush);
            handover = drive.channel.end(Handover.from("tape-image").at(drive.channel.position()));
        }
        cut();
        try (ImageDrive next = ImageDrive.after(image, handover)) {
            assertKind(Kind.TARGET_CHANGED, next::toEnd);
            assertUsable(next);
        }
    }

    @Test
    void aWriteOfNothingIsNone() throws Exception {
        ScriptedCalls scripted = new ScriptedCalls();
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            drive.toEnd();
            scripted.doNothing("pwritev2");
            StorageException e = assertThrows(StorageException.class, () -> drive.write(LONG));
            assertEquals(Kind.IO_ERROR, e.kind());
            assertEquals(2 * LEFT, Files.size(image));
            drive.write(LONG).rewind();
            drive.next();
            drive.next();
            assertEquals(2, drive.at());
        }
    }
}
