package io.pinion.tape.image;

import static io.pinion.tape.image.Tap.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult.Outcome;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Fixed mode: a transfer is of whole blocks, each of which is a record. */
@Timeout(30)
class FixedBlocksTest {
    @TempDir
    private Path directory;

    @Test
    void eachBlockIsARecord() throws Exception {
        byte[] all = content(1, 30);
        try (ImageDrive drive = ImageDrive.blank(directory)) {
            drive.channel.setBlockSize(10);
            drive.write(all);
            assertEquals(30, drive.result.count());
            assertEquals(3, drive.result.blockAddress());
            drive.marks(1).rewind();
            ByteBuffer buffer = ByteBuffer.allocateDirect(100);
            drive.channel.read(buffer, drive.result);
            assertEquals(30, drive.result.count(), "short, as a mark comes");
            assertEquals(0, buffer.flip().compareTo(ByteBuffer.wrap(all)));
            assertEquals(3, drive.at());
            drive.channel.read(buffer.clear(), drive.result);
            assertEquals(Outcome.FILE_MARK, drive.result.outcome());
            drive.channel.read(buffer.clear(), drive.result);
            assertEquals(Outcome.END_OF_DATA, drive.result.outcome());
            assertEquals(0, drive.result.count());
        }
        Tap tap = new Tap();
        for (int i = 0; i < 30; i += 10) {
            tap.record(Arrays.copyOfRange(all, i, i + 10));
        }
        assertArrayEquals(tap.mark().bytes(), Files.readAllBytes(directory.resolve("blank.tap")));
    }

    /** What came before is the caller's: the tape stands behind it. */
    @Test
    void blocksInFrontOfATornOneAreTransferred() throws Exception {
        byte[] bytes = new Tap().record(content(1, 10)).record(content(2, 10)).bytes();
        Path image = Files.write(directory.resolve("torn.tap"), Arrays.copyOf(bytes, bytes.length - 3));
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.channel.setBlockSize(10);
            ByteBuffer buffer = ByteBuffer.allocateDirect(30);
            StorageException e = assertThrows(StorageException.class, () -> drive.channel.read(buffer, drive.result));
            assertEquals(Kind.MEDIUM_ERROR, e.kind());
            assertEquals(10, e.transferred());
            assertEquals(10, drive.result.count());
            assertEquals(10, buffer.position());
            assertEquals(1, drive.at());
        }
    }

    @Test
    void recordsOfAnotherLengthAreTold() throws Exception {
        Path image = new Tap()
                .record(content(1, 10))
                .record(content(2, 11))
                .record(content(3, 9))
                .to(directory.resolve("mixed.tap"));
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.channel.setBlockSize(10);
            ByteBuffer buffer = ByteBuffer.allocate(40);
            drive.channel.read(buffer, drive.result);
            assertEquals(10, drive.result.count());
            assertEquals(10, buffer.position());
            drive.channel.read(buffer.limit(30), drive.result);
            assertEquals(Outcome.RECORD_TOO_LONG, drive.result.outcome());
            assertEquals(11, drive.result.recordLength());
            assertEquals(10, buffer.position());
            drive.channel.spaceRecords(1, drive.result);
            StorageException e =
                    assertThrows(StorageException.class, () -> drive.channel.read(buffer.limit(30), drive.result));
            assertEquals(Kind.IO_ERROR, e.kind());
            assertEquals(2, drive.result.blockAddress());
            assertInvalid(() -> drive.channel.read(buffer.limit(29), drive.result));
            assertInvalid(() -> drive.channel.write(buffer.limit(29), drive.result));
            assertInvalid(() -> drive.channel.setBlockSize(-1));
            assertInvalid(() -> drive.channel.setBlockSize(0x0100_0000));
            drive.channel.setBlockSize(0);
            assertEquals(ImageDrive.hex(content(3, 9)), drive.next());
        }
    }

    @Test
    void whatDoesNotFitIsToldByBlock() throws Exception {
        Path image = Files.createFile(directory.resolve("short.tap"));
        try (ImageDrive drive = ImageDrive.open(image + "?capacity=50&early-warning=20")) {
            drive.channel.setBlockSize(10);
            ByteBuffer source = ByteBuffer.wrap(content(1, 40));
            StorageException e = assertThrows(StorageException.class, () -> drive.channel.write(source, drive.result));
            assertEquals(Kind.NO_SPACE, e.kind());
            assertEquals(20, e.transferred());
            assertEquals(20, drive.result.count());
            assertEquals(2, drive.result.blockAddress());
            assertEquals(20, source.position());
            assertEquals(40, source.limit());
        }
    }

    private static void assertInvalid(Executable call) {
        assertEquals(
                Kind.INVALID_ARGUMENT,
                assertThrows(StorageException.class, call).kind());
    }
}
