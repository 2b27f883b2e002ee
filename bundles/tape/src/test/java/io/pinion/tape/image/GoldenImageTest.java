package io.pinion.tape.image;

import static io.pinion.tape.image.Tap.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult.Outcome;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images as the format's documents describe them, byte by byte. */
@Timeout(30)
class GoldenImageTest {
    private static final byte[] EVEN = content(1, 80);
    private static final byte[] ODD = content(2, 7);
    private static final byte[] LAST = content(3, 3);

    @TempDir
    private Path directory;

    /** Written out from the specification: two records, a mark, an odd record with its padding, two marks. */
    @Test
    void whatIsWrittenIsTheFormat() throws Exception {
        try (ImageDrive drive = ImageDrive.blank(directory)) {
            drive.write(new byte[] {0x41, 0x42}).write(new byte[] {0x43}).marks(1);
            drive.write(new byte[] {1, 2, 3, 4, 5}).marks(2);
        }
        assertArrayEquals(
                HexFormat.of()
                        .parseHex("02000000" + "4142" + "02000000" // AB
                                + "01000000" + "4300" + "01000000" // C, padded
                                + "00000000" // file mark
                                + "05000000" + "010203040500" + "05000000"
                                + "00000000" + "00000000"),
                Files.readAllBytes(directory.resolve("blank.tap")));
    }

    @Test
    void aPlainImageIsReadInBothDirections() throws Exception {
        assertBothWays(
                new Tap().record(EVEN).mark().record(ODD).record(LAST).mark().mark());
    }

    @Test
    void oddRecordsWithoutPaddingAreFoundByTheirLengths() throws Exception {
        Tap tap = new Tap().unpadded(ODD).unpadded(EVEN).mark().unpadded(LAST).unpadded(LAST);
        assertBothWays(tap, ODD, EVEN, null, LAST, LAST);
        try (ImageDrive drive = ImageDrive.open(directory.resolve("golden.tap"))) {
            drive.toEnd();
            assertTrue(
                    drive.channel.mode().notes().toString().contains("E11"),
                    drive.channel.mode().notes()::toString);
            drive.write(LAST).flush();
        }
        assertArrayEquals(tap.record(LAST).bytes(), Files.readAllBytes(directory.resolve("golden.tap")));
    }

    @Test
    void paddedAndUnpaddedRecordsMayMix() throws Exception {
        assertBothWays(
                new Tap().record(ODD).unpadded(ODD).record(LAST).unpadded(LAST).record(EVEN),
                ODD,
                ODD,
                LAST,
                LAST,
                EVEN);
    }

    @Test
    void anEndOfMediumIsTheEndOfData() throws Exception {
        assertBothWays(new Tap().record(EVEN).mark().word(-1).record(ODD).mark(), EVEN, null);
        try (ImageDrive drive = ImageDrive.open(directory.resolve("golden.tap"))) {
            drive.toEnd().write(ODD).flush();
        }
        assertArrayEquals(
                new Tap().record(EVEN).mark().record(ODD).bytes(), Files.readAllBytes(directory.resolve("golden.tap")));
    }

    @Test
    void gapsArePassedOver() throws Exception {
        Tap tap = new Tap().word(-2).record(EVEN);
        for (int i = 0; i < 3000; i++) {
            tap.word(-2);
        }
        assertBothWays(tap.record(ODD).word(-2).mark().word(-2), EVEN, ODD, null);
    }

    /** A record of odd length over a gap leaves half a word of it: FF FF, which is the upper half. */
    @Test
    void halfGapsArePassedOver() throws Exception {
        byte[] half = {(byte) 0xff, (byte) 0xff};
        Tap tap = new Tap()
                .record(EVEN)
                .raw(half)
                .word(-2)
                .word(-2)
                .record(ODD)
                .raw(half)
                .word(-2)
                .mark();
        assertBothWays(tap, EVEN, ODD, null);
        Tap bad = new Tap().record(EVEN).record(8, LAST).raw(half).word(-2).record(EVEN);
        assertEquals(List.of(ImageDrive.hex(EVEN), "MEDIUM_ERROR", ImageDrive.hex(EVEN)), forward(bad, 3));
        assertEquals(List.of("DONE", "DONE", "DONE"), backward(bad, 3));
    }

    /** Classes 1 to 6, 9 to 14 are records of others, 7 and 15 markers. */
    @Test
    void whatIsNotTheTapesIsPassedOver() throws Exception {
        Tap tap = new Tap().record(14, content(9, 60)).word(0x7123_4567).record(EVEN);
        for (int number : List.of(1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 13)) {
            tap.record(number, content(number, number))
                    .word(0xFF00_0000 + number)
                    .word(0xF000_0000);
        }
        tap.mark().record(6, new byte[0]).record(ODD).record(14, content(8, 1));
        assertBothWays(tap, EVEN, null, ODD);
        try (ImageDrive drive = ImageDrive.open(directory.resolve("golden.tap"))) {
            drive.toEnd().write(LAST).flush();
            assertEquals(4, drive.at());
        }
        assertArrayEquals(tap.record(LAST).bytes(), Files.readAllBytes(directory.resolve("golden.tap")));
    }

    @Test
    void ofABadRecordThereAreTheBytesThatWereRead() throws Exception {
        Tap tap = new Tap().record(EVEN).record(8, ODD).record(8, new byte[0]).record(LAST);
        Path image = tap.to(directory.resolve("bad.tap"));
        try (ImageDrive drive = ImageDrive.open(image)) {
            assertEquals(ImageDrive.hex(EVEN), drive.next());
            for (boolean direct : new boolean[] {true, false}) {
                drive.result.clear();
                drive.channel.rewind(drive.result);
                drive.channel.spaceRecords(1, drive.result);
                ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(100) : ByteBuffer.allocate(100);
                StorageException e =
                        assertThrows(StorageException.class, () -> drive.channel.read(buffer, drive.result));
                assertEquals(Kind.MEDIUM_ERROR, e.kind());
                assertEquals(7, e.transferred());
                assertEquals(0, buffer.flip().compareTo(ByteBuffer.wrap(ODD)));
                assertEquals(2, drive.result.blockAddress());
                assertEquals(7, drive.result.count());
            }
            assertEquals("MEDIUM_ERROR", drive.next());
            assertEquals(ImageDrive.hex(LAST), drive.next());
            drive.channel.spaceRecords(-4, drive.result);
            assertEquals(Outcome.DONE, drive.result.outcome());
            assertEquals(0, drive.at());
        }
    }

    /** The extended format has lengths of 28 bits; the first word is all that is needed to tell that a record is too long. */
    @Test
    void aRecordOf28BitsIsRead() throws Exception {
        int length = 0x0123_4567;
        Path image = directory.resolve("long.tap");
        ByteBuffer bytes =
                ByteBuffer.wrap(new Tap().record(new byte[length]).mark().bytes());
        bytes.put(4, (byte) 1).put(4 + length - 1, (byte) 2);
        Files.write(image, bytes.array());
        try (ImageDrive drive = ImageDrive.open(image)) {
            assertEquals("RECORD_TOO_LONG", drive.next());
            assertEquals(length, drive.result.recordLength());
            assertEquals(0, drive.at());
            for (ByteBuffer buffer : List.of(ByteBuffer.allocateDirect(length), ByteBuffer.allocate(length + 1))) {
                drive.rewind();
                drive.channel.read(buffer, drive.result);
                assertEquals(length, drive.result.count());
                assertEquals(1, buffer.get(0));
                assertEquals(2, buffer.get(length - 1));
            }
            assertEquals("FILE_MARK", drive.next());
            drive.channel.spaceRecords(-1, drive.result);
            drive.channel.spaceRecords(-1, drive.result);
            assertEquals(0, drive.at());
        }
    }

    private void assertBothWays(Tap tap) throws Exception {
        assertBothWays(tap, EVEN, null, ODD, LAST, null, null);
    }

    /** @param objects records, and nothing for a file mark */
    private void assertBothWays(Tap tap, byte[]... objects) throws Exception {
        List<String> wanted = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        for (byte[] object : objects) {
            wanted.add(object == null ? "FILE_MARK" : ImageDrive.hex(object));
            steps.add(object == null ? "FILE_MARK" : "DONE");
        }
        wanted.add("END_OF_DATA");
        assertEquals(wanted, forward(tap, wanted.size()));
        Collections.reverse(steps);
        steps.add("BEGINNING_OF_PARTITION");
        assertEquals(steps, backward(tap, steps.size()));
    }

    private List<String> forward(Tap tap, int reads) throws Exception {
        List<String> found = new ArrayList<>();
        try (ImageDrive drive = ImageDrive.open(tap.to(directory.resolve("golden.tap")))) {
            for (int i = 0; i < reads; i++) {
                found.add(drive.next());
            }
        }
        return found;
    }

    private List<String> backward(Tap tap, int steps) throws Exception {
        List<String> found = new ArrayList<>();
        try (ImageDrive drive = ImageDrive.open(tap.to(directory.resolve("golden.tap")))) {
            drive.toEnd();
            assertEquals(0, drive.result.count());
            for (long at = drive.at(); found.size() < steps; at--) {
                drive.result.clear();
                drive.channel.spaceRecords(-1, drive.result);
                found.add(drive.result.outcome().toString());
                assertEquals(Math.max(0, at - 1), drive.result.blockAddress());
            }
        }
        return found;
    }
}
