package io.pinion.tck;

import static io.pinion.strategy.TapeResult.Outcome.DONE;
import static io.pinion.strategy.TapeResult.Outcome.END_OF_DATA;

import io.pinion.strategy.Capability;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is written anywhere is the last on the tape: whatever was behind it is gone. */
interface TapeOverwriteContract extends TapeContract {
    /** A record in the middle, shorter or longer than the one it replaces. */
    @Test
    default void aRecordInTheMiddleIsTheLast() throws Exception {
        CheckedTape tape = trial().tape();
        for (int length : List.of(1, 999, 1000, 1001, 60_000)) {
            for (int at : List.of(4, 2, 0)) {
                fill(tape).locate(at).write(trial().traits().fit(length));
                tape.read().gives(END_OF_DATA, 0, at + 1L);
                tape.spaceRecords(1).gives(END_OF_DATA, 0, at + 1L);
                tape.compareAll();
            }
        }
    }

    /** A file mark in the middle. */
    @Test
    default void aMarkInTheMiddleIsTheLast() throws Exception {
        CheckedTape tape = trial().tape();
        for (int at : List.of(4, 2, 0)) {
            fill(tape).locate(at).writeFileMarks(1).gives(DONE, 1, at + 1L);
            tape.read().gives(END_OF_DATA, 0, at + 1L);
            tape.write(trial().traits().fit(500)).compareAll();
        }
    }

    /** Erasing in the middle, and at the ends. */
    @Test
    default void erasingLeavesWhatIsBefore() throws Exception {
        trial().needs(Capability.ERASE);
        CheckedTape tape = trial().tape();
        for (int at : List.of(5, 2, 0)) {
            fill(tape).locate(at).erase().gives(DONE, 0, at);
            tape.read().gives(END_OF_DATA, 0, at);
            tape.compareAll();
        }
    }

    /** After reading and after moving backwards, too, and without a flush between. */
    @Test
    default void writingFollowsReadingAndMoving() throws Exception {
        TapeTraits traits = trial().traits();
        CheckedTape tape = fill(trial().tape()).rewind();
        tape.read().read().write(traits.fit(3000));
        tape.spaceRecords(-2).read().write(traits.fit(4000));
        tape.write(traits.fit(10)).spaceRecords(-1).spaceRecords(-1).write(traits.fit(6000));
        tape.writeFileMarks(1).spaceFileMarks(-1).write(traits.fit(5000));
        tape.writeFileMarks(2).spaceRecords(-1).writeFileMarks(1);
        tape.compareAll();
    }

    /** As many marks as are asked for, each one a place. */
    @Test
    default void marksAreWrittenByTheNumber() throws Exception {
        CheckedTape tape = trial().tape();
        tape.writeFileMarks(1).gives(DONE, 1, 1);
        tape.writeFileMarks(5).gives(DONE, 5, 6);
        tape.write(trial().traits().fit(100)).writeFileMarks(2).gives(DONE, 2, 9);
        tape.compareAll();
    }

    private CheckedTape fill(CheckedTape tape) throws Exception {
        TapeTraits traits = trial().traits();
        tape.rewind().write(traits.fit(1000)).write(traits.fit(513)).writeFileMarks(1);
        return tape.write(traits.fit(70_001)).write(traits.fit(1)).write(traits.fit(2000));
    }
}
