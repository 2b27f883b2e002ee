package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.TapeResult.Outcome;

/**
 * How much fits on a tape, as it is learned from what it takes: first without a word, then with a warning, then not at all;
 * and what was so once, for as much on the tape, is so again.
 */
final class TapeEnd {
    private final TapeTraits traits;
    private final boolean near;
    private long mostUnwarned = -1;
    private long leastWarned = Long.MAX_VALUE;
    private long mostWritten = -1;
    private long leastRefused = Long.MAX_VALUE;

    private TapeEnd(TapeTraits traits, boolean near) {
        this.traits = traits;
        this.near = near;
    }

    /** {@return the end of a tape on which the test writes so much that it comes there} */
    static TapeEnd near(TapeTraits traits) {
        return new TapeEnd(traits, true);
    }

    /** {@return the end of a tape that no test reaches} */
    static TapeEnd far(TapeTraits traits) {
        return new TapeEnd(traits, false);
    }

    /** {@return whether it may be reached} */
    boolean isNear() {
        return near;
    }

    /** Takes note of what was written, up to the place where the model is. */
    void written(Outcome outcome, TapeModel model, String what) {
        if (!near) {
            assertEquals(Outcome.DONE, outcome, what + ": outcome");
            return;
        }
        long used = used(model);
        switch (outcome) {
            case DONE -> mostUnwarned = Math.max(mostUnwarned, used);
            case EARLY_WARNING -> leastWarned = Math.min(leastWarned, used);
            default -> assertEquals(Outcome.EARLY_WARNING, outcome, what + ": outcome");
        }
        mostWritten = Math.max(mostWritten, used);
        assertConsistent(what);
    }

    /** Takes note of what there was no room for, behind the place where the model is. */
    void refused(long room, TapeModel model, String what) {
        assertTrue(near, () -> what + ": no space, on a tape that should hold 100 MiB");
        leastRefused = Math.min(leastRefused, used(model) + room);
        assertConsistent(what);
    }

    private void assertConsistent(String what) {
        assertTrue(
                mostUnwarned < leastWarned,
                () -> what + ": a tape with " + leastWarned + " on it gave an early warning, and with " + mostUnwarned
                        + " none" + remedy());
        assertTrue(
                mostWritten < leastRefused,
                () -> what + ": a tape had no room for " + leastRefused + " in all, and took " + mostWritten
                        + remedy());
        assertTrue(
                leastWarned < leastRefused || leastRefused == Long.MAX_VALUE,
                () -> what + ": no space with " + leastRefused + " on the tape, and no early warning before");
    }

    private static String remedy() {
        return " (as TapeTraits.room and roomOfMark count; override them if they count otherwise than the tape)";
    }

    private long used(TapeModel model) {
        long used = 0;
        for (TapeModel.Item item : model.before()) {
            used += item.isMark() ? traits.roomOfMark() : traits.room(item.length());
        }
        return used;
    }
}
