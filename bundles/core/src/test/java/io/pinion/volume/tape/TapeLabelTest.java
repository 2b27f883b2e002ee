package io.pinion.volume.tape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a tape of a set says of itself. */
@Timeout(120)
class TapeLabelTest {
    private final TapeSets sets = new TapeSets();

    @Test
    void labelsAndTrailersAreAsTheyAreDescribed() throws Exception {
        List<MemoryTape> tapes = TapeSets.tapes(3, 500);
        sets.writeThree(tapes, TapeSets.SET);
        assertEquals("""
                PINION TAPE LABEL 1
                set=123e4567-e89b-12d3-a456-426614174000
                tape=2
                records-before=5
                record-size=100
                name=Weekly
                """, text(tapes.get(1).entries.get(0)));
        assertEquals("""
                PINION TAPE TRAILER 1
                set=123e4567-e89b-12d3-a456-426614174000
                tape=2
                records=5
                bytes=500
                continued=yes
                """, text(tapes.get(1).entries.get(8)));
        assertTrue(text(tapes.get(2).entries.get(6)).endsWith("continued=no\n"));
        TapeLabel label =
                TapeLabel.of(ByteBuffer.wrap(tapes.get(1).entries.get(0))).orElseThrow();
        assertEquals(new TapeLabel(TapeSets.SET, "Weekly", 2, 5, 100), label);
    }

    private static String text(byte[] record) {
        assertEquals(512, record.length);
        return new String(record, StandardCharsets.UTF_8).replace("\0", "");
    }

    @Test
    void whatIsNoLabelIsNotTakenForOne() {
        byte[] label = new TapeLabel(TapeSets.SET, "", 1, 0, 100).toRecord().array();
        assertEquals(Optional.empty(), TapeLabel.of(ByteBuffer.wrap(label, 0, 511)));
        String text = new String(label, StandardCharsets.UTF_8);
        for (String damaged : List.of(
                text.replace("LABEL 1", "LABEL 2"),
                text.replace("tape=1", "tape=x"),
                text.replace("tape=1", "TAPE=1"),
                text.replace("tape=1\n", "").concat("\0\0\0\0\0\0\0"),
                text.replace("123e", "!!!!"))) {
            assertEquals(
                    Optional.empty(), TapeLabel.of(ByteBuffer.wrap(damaged.getBytes(StandardCharsets.UTF_8))), damaged);
        }
        assertThrows(IllegalArgumentException.class, () -> new TapeLabel(TapeSets.SET, "a\nb", 1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new TapeLabel(TapeSets.SET, "a".repeat(201), 1, 0, 1));
    }
}
