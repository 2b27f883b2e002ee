package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeStatus;
import io.pinion.strategy.TapeStatus.Condition;

/** Compares where a tape says that it stands with where its model does. */
final class TapePlace {
    private final TapeModel model;

    TapePlace(TapeModel model) {
        this.model = model;
    }

    void compare(TapeResult result, String what) {
        assertNotEquals(Source.UNKNOWN, result.source(), what + ": where the tape stands is not in the result");
        assertEquals(model.at(), result.blockAddress(), what + ": block address");
        assertEquals(0, result.partition(), what + ": partition");
    }

    void compare(TapePosition told, String what) {
        assertTrue(
                told.isSamePlace(TapePosition.at(Source.DRIVE, 0, model.at())),
                () -> what + ": position() says " + told + ", not blockAddress=" + model.at());
        told.fileNumber().ifPresent(number -> assertEquals(model.fileNumber(), number, what + ": file number"));
    }

    /** What is said must be so; a drive that does not know says nothing of marks and the end of data. */
    void compare(TapeStatus status, String what) {
        assertTrue(status.is(Condition.READY), () -> what + ": not ready: " + status);
        assertEquals(
                model.at() == 0,
                status.is(Condition.BEGINNING_OF_PARTITION),
                () -> what + ": beginning of partition: " + status);
        assertTrue(
                !status.is(Condition.FILE_MARK)
                        || model.at() > 0 && model.previous().isMark(),
                () -> what + ": no file mark in front of the place: " + status);
        assertTrue(
                !status.is(Condition.END_OF_DATA) || model.at() == model.end(),
                () -> what + ": not at the end of data: " + status);
        assertEquals(0, status.blockSize(), () -> what + ": not in variable mode: " + status);
        assertTrue(status.partitions() >= 1, () -> what + ": partitions: " + status);
    }
}
