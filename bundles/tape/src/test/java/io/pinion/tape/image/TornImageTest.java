package io.pinion.tape.image;

import static io.pinion.tape.image.Tap.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.libc.LibC;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.TapeStatus.Condition;
import io.pinion.strategy.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images that somebody was cut off from writing, and such as are damaged: what is whole is read, and the rest is told. */
@Timeout(60)
class TornImageTest {
    private static final byte[] FIRST = content(1, 40);
    private static final byte[] SECOND = content(2, 33);

    @TempDir
    private Path directory;

    /** Wherever the last record was cut off, what is before is read, and the next one takes its place. */
    @Test
    void aTornLastRecordIsToldAndWrittenOver() throws Exception {
        Tap whole = new Tap().record(FIRST).mark();
        byte[] front = whole.bytes();
        byte[] all = whole.record(SECOND).bytes();
        Path image = directory.resolve("torn.tap");
        for (int length = front.length + 1; length < all.length; length++) {
            Files.write(image, Arrays.copyOf(all, length));
            try (ImageDrive drive = ImageDrive.open(image)) {
                String cut = "cut at " + length;
                assertEquals(ImageDrive.hex(FIRST), drive.next(), cut);
                assertEquals("FILE_MARK", drive.next(), cut);
                assertEquals("MEDIUM_ERROR", drive.next(), cut);
                assertEquals("MEDIUM_ERROR", drive.next(), cut + ": the tape does not move");
                assertEquals(2, drive.result.blockAddress(), cut);
                assertTrue(drive.channel.status().is(Condition.END_OF_DATA), cut);
                String notes = drive.channel.mode().notes().toString();
                assertTrue(notes.contains("the last record is torn"), notes);
                assertSpacingTells(drive);
                drive.rewind().toEnd();
                assertEquals(2, drive.at(), cut);
                drive.write(FIRST).flush();
                assertFalse(drive.channel.mode().notes().toString().contains("torn"), cut);
            }
            assertArrayEquals(
                    new Tap().record(FIRST).mark().record(FIRST).bytes(),
                    Files.readAllBytes(image),
                    "cut at " + length);
        }
    }

    private static void assertSpacingTells(ImageDrive drive) throws StorageException {
        drive.rewind();
        drive.channel.spaceRecords(1, drive.result);
        StorageException e = assertThrows(
                StorageException.class, () -> drive.channel.spaceFileMarks(5, drive.result), "over the torn record");
        assertEquals(Kind.MEDIUM_ERROR, e.kind());
        assertEquals(1, drive.result.count(), "file marks passed");
        assertEquals(2, drive.result.blockAddress());
        assertThrows(StorageException.class, () -> drive.channel.spaceRecords(5, drive.result));
        assertEquals(0, drive.result.count());
    }

    /** The file was as long as it should have been, and what was to be there was not: no second length. */
    @Test
    void aLastRecordWithoutItsSecondLengthIsTorn() throws Exception {
        byte[] bytes = new Tap().record(FIRST).record(SECOND).bytes();
        Arrays.fill(bytes, bytes.length - 10, bytes.length, (byte) 0);
        Path image = Files.write(directory.resolve("zeros.tap"), bytes);
        try (ImageDrive drive = ImageDrive.open(image)) {
            assertEquals(ImageDrive.hex(FIRST), drive.next());
            assertEquals("MEDIUM_ERROR", drive.next());
            drive.toEnd().write(SECOND).flush();
        }
        assertArrayEquals(new Tap().record(FIRST).record(SECOND).bytes(), Files.readAllBytes(image));
    }

    /** What is torn is told when the image is opened, before anybody reads. */
    @Test
    void aTornEndIsToldAtOnce() throws Exception {
        byte[] bytes = new Tap().record(FIRST).record(SECOND).bytes();
        Path image = Files.write(directory.resolve("torn.tap"), Arrays.copyOf(bytes, bytes.length - 20));
        String words = "the image ends neither with a whole record nor with a file mark";
        assertTrue(new TapeImageStrategy(new LibC())
                .examine(Target.parse("tape-image:" + image))
                .notes()
                .toString()
                .contains(words));
        try (ImageDrive drive = ImageDrive.open(image)) {
            assertTrue(drive.channel.mode().notes().toString().contains(words));
            drive.rewind().write(FIRST);
            assertEquals("[]", drive.channel.mode().notes().toString());
        }
    }

    /** A length that is wrong in the middle is no torn record: nobody who looks for the end may write over the rest. */
    @Test
    void damageInTheMiddleIsNoEnd() throws Exception {
        for (int wrong : new int[] {41, 4000, 0x00FF_FFFF}) {
            byte[] bytes = new Tap()
                    .record(SECOND)
                    .word(wrong)
                    .raw(FIRST)
                    .word(40)
                    .record(SECOND)
                    .mark()
                    .record(FIRST)
                    .bytes();
            Path image = Files.write(directory.resolve("damaged.tap"), bytes);
            try (ImageDrive drive = ImageDrive.open(image)) {
                StorageException e = assertThrows(StorageException.class, drive::toEnd);
                assertEquals(Kind.MEDIUM_ERROR, e.kind());
                assertEquals(1, drive.result.blockAddress());
                assertEquals("MEDIUM_ERROR", drive.next());
                assertFalse(drive.channel.status().is(Condition.END_OF_DATA));
                drive.rewind();
                assertEquals(ImageDrive.hex(SECOND), drive.next());
            }
            assertArrayEquals(bytes, Files.readAllBytes(image));
            try (ImageDrive drive = ImageDrive.open(image)) {
                drive.next();
                drive.write(FIRST);
                assertEquals("END_OF_DATA", drive.next());
            }
        }
    }

    /** Most tapes end with marks, and the images of others with an end of the medium as well. */
    @Test
    void damageInFrontOfTheLastMarksIsNoEnd() throws Exception {
        for (int marks = 0; marks < 4; marks++) {
            Tap tap = new Tap()
                    .record(SECOND)
                    .word(0x00FF_FFFF)
                    .raw(FIRST)
                    .word(40)
                    .record(SECOND);
            for (int i = 0; i < marks; i++) {
                tap.mark();
            }
            for (byte[] bytes : new byte[][] {tap.bytes(), tap.word(-1).bytes()}) {
                Path image = Files.write(directory.resolve("damaged.tap"), bytes);
                try (ImageDrive drive = ImageDrive.open(image)) {
                    StorageException e = assertThrows(StorageException.class, drive::toEnd, marks + " marks");
                    assertEquals(Kind.MEDIUM_ERROR, e.kind());
                    assertFalse(drive.channel.status().is(Condition.END_OF_DATA));
                }
            }
        }
    }

    /** Whatever the bytes are, every call ends, and with nothing but what the contract knows. */
    @Test
    void noImageIsTooStrange() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] good = new Tap()
                .record(FIRST)
                .mark()
                .record(14, SECOND)
                .word(-2)
                .unpadded(SECOND)
                .record(8, FIRST)
                .mark()
                .record(SECOND)
                .word(-1)
                .mark()
                .bytes();
        Path image = directory.resolve("fuzz.tap");
        for (int round = 0; round < 3000; round++) {
            byte[] bytes = Arrays.copyOf(good, random.nextInt(good.length + 1));
            for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(8) * 0x49 - random.nextInt(2));
            }
            Files.write(image, bytes);
            try (ImageDrive drive = ImageDrive.open(image)) {
                strain(drive, random);
            } catch (StorageException e) {
                assertEquals(Kind.WRONG_TYPE, e.kind(), "seed=" + seed + " round=" + round + ": " + e);
            }
        }
    }

    private static void strain(ImageDrive drive, Random random) {
        for (int step = 0; step < 20; step++) {
            int count = random.nextInt(7) - 3;
            drive.result.clear();
            try {
                switch (random.nextInt(5)) {
                    case 0 -> drive.channel.spaceRecords(count == 0 ? 1 : count, drive.result);
                    case 1 -> drive.channel.spaceFileMarks(count == 0 ? -1 : count, drive.result);
                    case 2 -> drive.toEnd();
                    case 3 -> drive.channel.status();
                    default -> drive.next();
                }
            } catch (StorageException e) {
                assertEquals(Kind.MEDIUM_ERROR, e.kind());
            }
            assertTrue(drive.result.outcome() != Outcome.EARLY_WARNING);
        }
    }
}
