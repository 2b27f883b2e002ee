package io.pinion.tape.image;

import static io.pinion.tape.image.Tap.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeResult.Outcome;
import io.pinion.strategy.TapeStatus.Condition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The end of the medium: by the capacity of the target, and by a file system that is full. */
@Timeout(30)
class CapacityTest {
    @TempDir
    private Path directory;

    private Path image;

    @BeforeEach
    void blank() throws Exception {
        image = Files.createFile(directory.resolve("short.tap"));
    }

    /** 1000 bytes: of records that take 100 the warning comes with the ninth, and there are ten. */
    @Test
    void firstComesTheWarningThenTheEnd() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image + "?capacity=1000&early-warning=150")) {
            for (int i = 1; i <= 10; i++) {
                drive.write(content(i, 92));
                assertEquals(i < 9 ? Outcome.DONE : Outcome.EARLY_WARNING, drive.result.outcome(), "record " + i);
                assertEquals(i >= 9, drive.channel.status().is(Condition.EARLY_WARNING));
                assertEquals(i == 10, drive.channel.status().is(Condition.END_OF_MEDIUM));
            }
            for (int i = 0; i < 2; i++) {
                StorageException e = assertThrows(StorageException.class, () -> drive.write(content(11, 1)));
                assertEquals(Kind.NO_SPACE, e.kind());
                assertEquals(0, drive.result.count());
                assertEquals(10, drive.result.blockAddress());
            }
            assertEquals(
                    Kind.NO_SPACE,
                    assertThrows(StorageException.class, () -> drive.marks(1)).kind());
            drive.rewind();
            for (int i = 1; i <= 10; i++) {
                assertEquals(ImageDrive.hex(content(i, 92)), drive.next());
            }
            assertEquals("END_OF_DATA", drive.next());
        }
        assertEquals(1000, Files.size(image));
    }

    @Test
    void whatDoesNotFitLeavesRoomForATrailer() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image + "?capacity=300")) {
            drive.write(content(1, 250));
            assertEquals(Outcome.DONE, drive.result.outcome());
            assertThrows(StorageException.class, () -> drive.write(content(2, 50)));
            drive.write(content(3, 26));
            assertEquals(Outcome.EARLY_WARNING, drive.result.outcome());
            drive.marks(2);
            assertEquals(Outcome.EARLY_WARNING, drive.result.outcome());
            assertThrows(StorageException.class, () -> drive.marks(1));
            assertEquals(4, drive.at());
            drive.rewind().write(content(4, 1));
            assertEquals(Outcome.DONE, drive.result.outcome());
        }
    }

    /** A record in the middle that is too long for the tape takes nothing away. */
    @Test
    void whatIsRefusedCutsNothingOff() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image + "?capacity=300")) {
            drive.write(content(1, 10)).write(content(2, 10)).rewind();
            assertThrows(StorageException.class, () -> drive.write(content(3, 300)));
            assertEquals(ImageDrive.hex(content(1, 10)), drive.next());
            assertEquals(ImageDrive.hex(content(2, 10)), drive.next());
        }
    }

    /** By the kernel's word, in the middle of a long record: what got out of it is taken back. */
    @Test
    void aFullFileSystemLeavesNoTornRecord() throws Exception {
        ScriptedCalls scripted = new ScriptedCalls();
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            drive.write(content(1, 10)).flush();
            byte[] before = Files.readAllBytes(image);
            scripted.fail("pwritev2", Errno.ENOSPC, () -> Files.write(image, content(2, 5), StandardOpenOption.APPEND));
            assertFull(drive, 300_000);
            assertArrayEquals(before, Files.readAllBytes(image));
            drive.write(content(3, 10)).rewind();
            assertEquals(ImageDrive.hex(content(1, 10)), drive.next());
            assertEquals(ImageDrive.hex(content(3, 10)), drive.next());
        }
    }

    /** A record that is gathered is refused before it is taken, and those that were taken before are not lost. */
    @Test
    void aFullFileSystemRefusesTheRecordThatHasNoRoom() throws Exception {
        ScriptedCalls scripted = new ScriptedCalls();
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            scripted.fail("fallocate", 1, Errno.ENOSPC);
            drive.write(content(1, 10));
            scripted.fail("fallocate", 2, Errno.ENOSPC);
            assertFull(drive, 10);
            drive.rewind();
            assertEquals(ImageDrive.hex(content(1, 10)), drive.next());
            assertEquals("END_OF_DATA", drive.next());
        }
    }

    private static void assertFull(ImageDrive drive, int length) {
        StorageException e = assertThrows(StorageException.class, () -> drive.write(content(2, length)));
        assertEquals(Kind.NO_SPACE, e.kind());
        assertFalse(e.isDeferred());
        assertEquals(Errno.ENOSPC.number(), e.errno().orElse(0));
        assertEquals(1, drive.result.blockAddress());
    }

    @Test
    void aProtectedTapeIsReadAlone() throws Exception {
        try (ImageDrive drive = ImageDrive.open(image)) {
            drive.write(content(1, 10)).marks(1);
        }
        byte[] before = Files.readAllBytes(image);
        try (ImageDrive drive = ImageDrive.readOnly(image)) {
            assertTrue(drive.channel.status().is(Condition.WRITE_PROTECTED));
            assertReadOnly(() -> drive.write(content(2, 10)));
            assertReadOnly(() -> drive.marks(1));
            assertReadOnly(() -> drive.channel.erase(drive.result));
            assertEquals(0, drive.result.blockAddress());
            assertEquals(ImageDrive.hex(content(1, 10)), drive.next());
            drive.toEnd().rewind();
            drive.channel.flush();
        }
        assertArrayEquals(before, Files.readAllBytes(image));
        try (ImageDrive drive = ImageDrive.open(image)) {
            assertFalse(drive.channel.status().is(Condition.WRITE_PROTECTED));
        }
    }

    private static void assertReadOnly(Executable call) {
        assertEquals(Kind.READ_ONLY, assertThrows(StorageException.class, call).kind());
    }
}
