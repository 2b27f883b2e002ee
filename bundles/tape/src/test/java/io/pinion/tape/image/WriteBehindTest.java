package io.pinion.tape.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.linux.Errno;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a stream the disk is to write before the flush asks for all of it. */
@Timeout(60)
class WriteBehindTest {
    private static final String BEGUN = "syncFileRange";
    private static final int MIB = 1 << 20;

    private final ScriptedCalls scripted = new ScriptedCalls();

    @TempDir
    private Path directory;

    private Path image;

    @BeforeEach
    void image() throws Exception {
        image = Files.createFile(directory.resolve("a.tap"));
    }

    /** {@return how often the kernel was told to begin while so many MiB were written} */
    private int begunWhile(ImageDrive drive, int mib, int length) throws Exception {
        byte[] record = Tap.content(mib, length);
        scripted.made(BEGUN);
        for (long bytes = 0; bytes < (long) mib * MIB; bytes += length) {
            drive.write(record);
        }
        return scripted.made(BEGUN);
    }

    /** A record by itself, and records that are gathered. */
    @ParameterizedTest
    @ValueSource(ints = {MIB, 64 << 10})
    void eachPieceIsBegunOnce(int length) throws Exception {
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            assertEquals(3, begunWhile(drive, 13, length));
            assertEquals(1, begunWhile(drive, 4, length));
        }
    }

    @Test
    void aFewRecordsAreLeftToTheFlush() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            assertEquals(0, begunWhile(drive, 3, MIB));
        }
    }

    @Test
    void whatIsWrittenAnewIsBegunAnew() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            assertEquals(2, begunWhile(drive, 9, MIB));
            drive.rewind();
            assertEquals(2, begunWhile(drive, 9, MIB));
        }
    }

    /** What was there before is nobody's business. */
    @Test
    void aStreamAtTheEndOfATapeBeginsWithItself() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image)) {
            for (int i = 0; i < 9; i++) {
                drive.write(Tap.content(i, MIB));
            }
        }
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            drive.toEnd();
            assertEquals(0, begunWhile(drive, 2, MIB));
            assertEquals(1, begunWhile(drive, 2, MIB));
        }
    }

    /** It is the flush that tells whether records are safe. */
    @Test
    void aFailureIsLeftToTheFlush() throws Exception {
        scripted.fail(BEGUN, 100, Errno.EIO);
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            assertEquals(2, begunWhile(drive, 9, MIB));
            drive.channel.flush();
            assertEquals(9, drive.at());
        }
    }
}
