package io.pinion.tape.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Places are found again from near by, and are the right ones. */
@Timeout(60)
class LandmarksTest {
    @TempDir
    private Path directory;

    /** Each object is 16 bytes here, and every third is a file mark. */
    @Test
    void thePlaceBeforeIsNearAndRight() {
        Landmarks landmarks = new Landmarks();
        int objects = 500_000;
        for (int i = 1; i <= objects; i++) {
            landmarks.pass(16L * i, i, i / 3);
        }
        for (int i = 0; i <= objects; i += 997) {
            Place place = landmarks.before(i);
            assertTrue(place.blockAddress() <= i && place.blockAddress() > i - 1024, place::toString);
            assertEquals(16 * place.blockAddress(), place.offset());
            assertEquals(place.blockAddress() / 3, place.fileMarks());
        }
        landmarks.cut(100_000);
        assertTrue(landmarks.before(objects).blockAddress() <= 100_000);
        assertTrue(landmarks.before(objects).blockAddress() > 99_000);
        for (int i = 100_001; i < 110_000; i++) {
            landmarks.pass(8L * i, i, 0);
        }
        Place place = landmarks.before(objects);
        assertTrue(place.blockAddress() > 108_000, place::toString);
        assertEquals(8 * place.blockAddress(), place.offset());
    }

    @Test
    void locateReadsLittle() throws Exception {
        Path image = Files.createFile(directory.resolve("many.tap"));
        ScriptedCalls scripted = new ScriptedCalls();
        Random random = new Random(1);
        try (ImageDrive drive = ImageDrive.open(image, scripted.calls)) {
            for (int i = 0; i < 5000; i++) {
                drive.write(number(i));
            }
            for (int i = 0; i < 200; i++) {
                int wanted = random.nextInt(5000);
                scripted.made("preadv2");
                drive.channel.locate(TapePosition.at(Source.COUNTED, 0, wanted), drive.result);
                assertTrue(scripted.made("preadv2") <= 2 * 64 + 2);
                assertEquals(ImageDrive.hex(number(wanted)), drive.next());
            }
        }
    }

    private static byte[] number(int number) {
        return new byte[] {(byte) number, (byte) (number >>> 8), (byte) (number >>> 16)};
    }
}
