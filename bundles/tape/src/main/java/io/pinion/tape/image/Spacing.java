package io.pinion.tape.image;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;

/** Moves over records and file marks, and tells how far it came, also when it throws. For one thread at a time. */
final class Spacing {
    private final Tape tape;

    Spacing(Tape tape) {
        this.tape = tape;
    }

    void recordsForward(long count, TapeResult result) throws StorageException {
        for (long passed = 0; passed < count; passed++) {
            result.set(Outcome.DONE, passed);
            Found found = tape.next();
            if (found == Found.END_OF_DATA) {
                result.set(Outcome.END_OF_DATA, passed);
                return;
            }
            tape.pass("spaceRecords");
            if (found == Found.FILE_MARK) {
                result.set(Outcome.FILE_MARK, passed);
                return;
            }
        }
        result.set(Outcome.DONE, count);
    }

    void recordsBackward(long count, TapeResult result) throws StorageException {
        for (long passed = 0; passed < count; passed++) {
            result.set(Outcome.DONE, passed);
            Found found = tape.stepBack("spaceRecords");
            if (!found.isRecord()) {
                result.set(found == Found.FILE_MARK ? Outcome.FILE_MARK : Outcome.BEGINNING_OF_PARTITION, passed);
                return;
            }
        }
        result.set(Outcome.DONE, count);
    }

    void fileMarksForward(long count, TapeResult result) throws StorageException {
        long passed = 0;
        while (passed < count) {
            result.set(Outcome.DONE, passed);
            Found found = tape.next();
            if (found == Found.END_OF_DATA) {
                result.set(Outcome.END_OF_DATA, passed);
                return;
            }
            tape.pass("spaceFileMarks");
            passed += found == Found.FILE_MARK ? 1 : 0;
        }
        result.set(Outcome.DONE, count);
    }

    void fileMarksBackward(long count, TapeResult result) throws StorageException {
        long passed = 0;
        while (passed < count) {
            result.set(Outcome.DONE, passed);
            Found found = tape.stepBack("spaceFileMarks");
            if (found == Found.BEGINNING) {
                result.set(Outcome.BEGINNING_OF_PARTITION, passed);
                return;
            }
            passed += found == Found.FILE_MARK ? 1 : 0;
        }
        result.set(Outcome.DONE, count);
    }
}
