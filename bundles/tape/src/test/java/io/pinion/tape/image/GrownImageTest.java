package io.pinion.tape.image;

import static io.pinion.tape.image.Tap.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** An image to which another program appends while it is in use: what that wrote is not written over. */
@Timeout(30)
class GrownImageTest {
    private static final byte[] SHORT = content(1, 1000);
    private static final byte[] LONG = content(2, Gathering.SIZE + 1000);
    private static final byte[] THEIRS = content(3, 5000);

    @TempDir
    private Path directory;

    private Path image;
    private byte[] grown;

    @BeforeEach
    void image() throws Exception {
        image = new Tap().record(SHORT).to(directory.resolve("a.tap"));
    }

    private void append() throws Exception {
        Files.write(image, new Tap().record(THEIRS).bytes(), StandardOpenOption.APPEND);
        grown = Files.readAllBytes(image);
    }

    private void refused(Kind kind, Executable call) throws Exception {
        StorageException e = assertThrows(StorageException.class, call);
        assertEquals(kind, e.kind(), e.getMessage());
        assertTrue(e.getMessage().contains("another program has appended to it"), e.getMessage());
        assertArrayEquals(grown, Files.readAllBytes(image));
    }

    /** What was appended is whole, and what is written next comes behind it. */
    private void assertGoesOn(ImageDrive drive, int records) throws Exception {
        assertEquals("POSITION_UNKNOWN", drive.next());
        drive.toEnd();
        assertEquals(records, drive.at());
        drive.write(SHORT).flush().rewind();
        for (int i = 0; i < records - 1; i++) {
            drive.channel.spaceRecords(1, drive.result);
        }
        assertEquals(ImageDrive.hex(THEIRS), drive.next());
        assertEquals(ImageDrive.hex(SHORT), drive.next());
        assertEquals("END_OF_DATA", drive.next());
    }

    @Test
    void whatFollowsAFlushIsNotWrittenOverIt() throws Exception {
        for (byte[] record : new byte[][] {SHORT, LONG}) {
            image();
            try (ImageDrive drive = ImageDrive.open(image)) {
                drive.toEnd().write(SHORT).flush();
                append();
                refused(Kind.TARGET_CHANGED, () -> drive.write(record));
                assertGoesOn(drive, 3);
            }
        }
    }

    @Test
    void neitherAreMarks() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.toEnd().write(SHORT).flush();
            append();
            refused(Kind.TARGET_CHANGED, () -> drive.marks(1));
            assertGoesOn(drive, 3);
        }
    }

    /** Whoever writes in the middle of a tape gives up what is behind that he knows of. */
    @Test
    void nothingIsCutOffThatNobodyHasSeen() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.toEnd().write(SHORT).flush().rewind();
            append();
            refused(Kind.TARGET_CHANGED, () -> drive.write(SHORT));
            drive.rewind();
            drive.write(SHORT).flush();
            assertEquals(new Tap().record(SHORT).bytes().length, Files.size(image));
        }
    }

    @Test
    void aRecordBetweenOthersIsNotWrittenOverIt() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.toEnd().write(LONG);
            append();
            refused(Kind.TARGET_CHANGED, () -> drive.write(LONG));
            drive.toEnd();
            assertEquals(1, drive.at(), "what was not flushed is given up");
        }
    }

    @Test
    void recordsThatWereGatheredAreNot() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.toEnd().write(SHORT);
            append();
            refused(Kind.FLUSH_FAILED, drive::flush);
        }
    }

    /** All that it was to flush is where it was. */
    @Test
    void aFlushCutsNothingOff() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.toEnd().write(SHORT).flush().write(SHORT).write(LONG);
            append();
            drive.flush();
            assertArrayEquals(grown, Files.readAllBytes(image));
            refused(Kind.TARGET_CHANGED, () -> drive.write(SHORT));
            assertGoesOn(drive, 5);
        }
    }
}
