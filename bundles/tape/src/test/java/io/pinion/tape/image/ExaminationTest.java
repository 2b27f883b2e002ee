package io.pinion.tape.image;

import static io.pinion.tape.image.Tap.content;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Examination;
import io.pinion.strategy.OpenOptions;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an image, and what is not; and what a target may say. */
@Timeout(30)
class ExaminationTest {
    @TempDir
    private Path directory;

    private final TapeImageStrategy strategy = new TapeImageStrategy(new LibC());

    @Test
    void aMissingImageCanBeCreated() throws Exception {
        Path missing = directory.resolve("missing.tap");
        Examination found = examine(missing + "?capacity=1MiB");
        assertTrue(found.isSuitable());
        assertEquals(Target.of(missing), found.backing().orElseThrow());
        assertEquals(Access.READ_WRITE, found.access());
        assertTrue(found.notes().toString().contains("it is created"), found.notes()::toString);
        assertEquals(0x00FF_FFFF, found.geometry().maximumRecordSize());
    }

    @Test
    void anEmptyFileIsABlankTape() throws Exception {
        assertTrue(examine(Files.createFile(directory.resolve("blank.tap"))).isSuitable());
        assertTrue(examine(new Tap().mark().mark().to(directory.resolve("marks.tap")))
                .isSuitable());
    }

    /** None of them is opened, either, and nothing of them is changed. */
    @Test
    void whatIsOfAnotherFormatIsRefused() throws Exception {
        byte[] awstape = new Tap()
                .raw(new byte[] {80, 0, 0, 0, (byte) 0xa0, 0})
                .raw(content(1, 80))
                .bytes();
        byte[] zeros = new byte[100_000];
        zeros[99_999] = 1;
        byte[] torn = Arrays.copyOf(new Tap().record(content(1, 80)).bytes(), 60);
        for (byte[] foreign : List.of(
                "A letter to somebody, who would miss it.\n".repeat(100).getBytes(StandardCharsets.US_ASCII),
                "#!".getBytes(StandardCharsets.US_ASCII),
                new byte[] {0x1f, (byte) 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8},
                awstape,
                zeros,
                torn)) {
            Path file = Files.write(directory.resolve("foreign"), foreign);
            String reason = examine(file).notes().toString();
            assertFalse(examine(file).isSuitable(), reason);
            assertTrue(reason.contains("no image in the format .tap of SIMH"), reason);
            StorageException e = assertThrows(StorageException.class, () -> ImageDrive.open(file));
            assertEquals(Kind.WRONG_TYPE, e.kind());
            assertArrayEquals(foreign, Files.readAllBytes(file));
        }
    }

    @Test
    void whatIsNoFileIsRefused() throws Exception {
        assertEquals(
                List.of(directory + " is no regular file; strategy tape serves drives"),
                examine(directory).notes());
        assertFalse(examine(Path.of("/dev/null")).isSuitable());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "capacity",
                "capacity=",
                "capacity=many",
                "capacity=1MiB&capacity=2MiB",
                "capacity=1MiB&",
                "size=1MiB",
                "capacity=1MiB&early-warning=1MiB",
                "early-warning=1MiB",
                ""
            })
    void aSettingThatMakesNoSenseIsRefused(String settings) throws Exception {
        Path image = Files.createFile(directory.resolve("blank.tap"));
        Examination found = examine(image + "?" + settings);
        assertFalse(found.isSuitable());
        assertTrue(found.notes().toString().contains("allowed: PATH, PATH?capacity=SIZE"), found.notes()::toString);
        Target target = Target.parse("tape-image:" + image + "?" + settings);
        StorageException e =
                assertThrows(StorageException.class, () -> strategy.open(target, OpenOptions.of(Access.READ_WRITE)));
        assertEquals(Kind.INVALID_ARGUMENT, e.kind());
    }

    @Test
    void settingsAreSizes() {
        ImageTarget image = ImageTarget.of(Target.parse("tape-image:/a/b.tap?early-warning=64MiB&capacity=10 GiB"));
        assertEquals(new ImageTarget(Path.of("/a/b.tap"), 10L << 30, 64 << 20), image);
        assertEquals(
                new ImageTarget(Path.of("/a/b.tap"), 64, 2),
                ImageTarget.of(Target.parse("tape-image:/a/b.tap?capacity=64")));
        assertEquals(
                new ImageTarget(Path.of("b.tap"), ImageTarget.UNLIMITED, 0),
                ImageTarget.of(Target.parse("tape-image:b.tap")));
    }

    /** The end of such a record is gathered with the next one, and not in the file before that or a flush. */
    @Test
    void anImageInUseIsNotTornBecauseItsEndIsOnTheWay() throws Exception {
        Path image = directory.resolve("blank.tap");
        Target target = Target.parse("tape-image:" + image);
        try (ImageDrive drive = ImageDrive.blank(directory);
                Claim claim =
                        new LinuxTargetGuard(new LibC()).claim(Target.of(image), ClaimRequest.of(Access.READ_WRITE))) {
            drive.write(content(1, Gathering.SIZE));
            Examination found = strategy.examine(target.claimedBy(claim));
            assertTrue(found.isSuitable(), found.notes()::toString);
            assertEquals(List.of(), found.notes());
            assertFalse(strategy.examine(target).isSuitable(), "to others it is torn");
            drive.flush();
            assertTrue(strategy.examine(target).isSuitable());
        }
    }

    private Examination examine(Object rest) throws StorageException {
        return strategy.examine(Target.parse("tape-image:" + rest));
    }
}
