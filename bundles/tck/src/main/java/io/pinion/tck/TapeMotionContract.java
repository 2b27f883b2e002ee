package io.pinion.tck;

import static io.pinion.strategy.TapeResult.Outcome.BEGINNING_OF_PARTITION;
import static io.pinion.strategy.TapeResult.Outcome.DONE;
import static io.pinion.strategy.TapeResult.Outcome.END_OF_DATA;
import static io.pinion.strategy.TapeResult.Outcome.FILE_MARK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What moves the tape moves it by what it says, and ends at marks and at the ends as it should. Tapes here hold
 * {@code RRR|RR||R}: records at 0 to 2, 4, 5 and 8, file marks at 3, 6 and 7, the end of data at 9.
 */
interface TapeMotionContract extends TapeContract {
    /** A count that no tape has records for, and no 32 bits room. */
    long ENDLESS = 5_000_000_000L;

    /** On a blank tape beginning and end of data are one place. */
    @Test
    default void aBlankTapeIsAtBothEnds() throws Exception {
        CheckedTape tape = trial().tape();
        tape.read().gives(END_OF_DATA, 0, 0);
        tape.read().gives(END_OF_DATA, 0, 0);
        tape.spaceRecords(1).gives(END_OF_DATA, 0, 0);
        tape.spaceRecords(-1).gives(BEGINNING_OF_PARTITION, 0, 0);
        tape.spaceFileMarks(1).gives(END_OF_DATA, 0, 0);
        tape.spaceFileMarks(-1).gives(BEGINNING_OF_PARTITION, 0, 0);
        tape.spaceToEndOfData().gives(DONE, 0, 0);
        tape.locate(0).gives(DONE, 0, 0);
        tape.locate(1);
        tape.rewind().gives(DONE, 0, 0);
    }

    /** A read brings a record, passes a mark, and stays at the end of data, how often one asks. */
    @Test
    default void readsTellRecordsMarksAndTheEndOfData() throws Exception {
        CheckedTape tape = marked().rewind();
        for (int file : List.of(3, 2, 0, 1)) {
            for (int i = 0; i < file; i++) {
                long length = tape.model().next().length();
                tape.read().gives(DONE, length, tape.model().at());
            }
            if (tape.model().at() < tape.model().end()) {
                tape.read().gives(FILE_MARK, 0, tape.model().at());
            }
        }
        for (int i = 0; i < 4; i++) {
            tape.read().gives(END_OF_DATA, 0, 9);
        }
        tape.spaceRecords(-1).gives(DONE, 1, 8);
        tape.read();
        tape.read().gives(END_OF_DATA, 0, 9);
    }

    /** Spacing over records passes no mark but the one that ends it. */
    @Test
    default void spacingOverRecordsEndsAtMarks() throws Exception {
        CheckedTape tape = marked().rewind();
        tape.spaceRecords(2).gives(DONE, 2, 2);
        tape.spaceRecords(1).gives(DONE, 1, 3);
        tape.spaceRecords(1).gives(FILE_MARK, 0, 4);
        tape.spaceRecords(3).gives(FILE_MARK, 2, 7);
        tape.spaceRecords(1).gives(FILE_MARK, 0, 8);
        tape.spaceRecords(-1).gives(FILE_MARK, 0, 7);
        tape.spaceRecords(-1).gives(FILE_MARK, 0, 6);
        tape.spaceRecords(-1).gives(DONE, 1, 5);
        tape.spaceRecords(-ENDLESS).gives(FILE_MARK, 1, 3);
        tape.spaceRecords(-3).gives(DONE, 3, 0);
        tape.spaceRecords(ENDLESS).gives(FILE_MARK, 3, 4);
    }

    /** Spacing over records ends at the ends, with what was passed. */
    @Test
    default void spacingOverRecordsEndsAtTheEnds() throws Exception {
        CheckedTape tape = marked();
        tape.spaceRecords(1).gives(END_OF_DATA, 0, 9);
        tape.spaceRecords(-1).gives(DONE, 1, 8);
        tape.spaceRecords(2).gives(END_OF_DATA, 1, 9);
        tape.locate(8);
        tape.spaceRecords(ENDLESS).gives(END_OF_DATA, 1, 9);
        tape.locate(2);
        tape.spaceRecords(-3).gives(BEGINNING_OF_PARTITION, 2, 0);
        tape.spaceRecords(-1).gives(BEGINNING_OF_PARTITION, 0, 0);
        tape.locate(3);
        tape.spaceRecords(-ENDLESS).gives(BEGINNING_OF_PARTITION, 3, 0);
    }

    /** Spacing over marks stands behind the last of them, backwards in front of it. */
    @Test
    default void spacingOverMarksPassesRecords() throws Exception {
        CheckedTape tape = marked().rewind();
        tape.spaceFileMarks(1).gives(DONE, 1, 4);
        tape.spaceFileMarks(2).gives(DONE, 2, 8);
        tape.spaceFileMarks(-1).gives(DONE, 1, 7);
        tape.spaceFileMarks(-2).gives(DONE, 2, 3);
        tape.spaceFileMarks(3).gives(DONE, 3, 8);
        tape.spaceFileMarks(-3).gives(DONE, 3, 3);
        tape.read().gives(FILE_MARK, 0, 4);
    }

    /** Spacing over marks ends at the ends, with what was passed. */
    @Test
    default void spacingOverMarksEndsAtTheEnds() throws Exception {
        CheckedTape tape = marked().rewind();
        tape.spaceFileMarks(4).gives(END_OF_DATA, 3, 9);
        tape.spaceFileMarks(1).gives(END_OF_DATA, 0, 9);
        tape.spaceFileMarks(-4).gives(BEGINNING_OF_PARTITION, 3, 0);
        tape.spaceFileMarks(-1).gives(BEGINNING_OF_PARTITION, 0, 0);
        tape.spaceFileMarks(ENDLESS).gives(END_OF_DATA, 3, 9);
        tape.spaceFileMarks(-ENDLESS).gives(BEGINNING_OF_PARTITION, 3, 0);
    }

    /** Every place can be found again, whatever source its position was from. */
    @Test
    default void locateFindsEveryPlace() throws Exception {
        CheckedTape tape = marked();
        for (int at : List.of(5, 9, 0, 3, 8, 1, 7, 2, 6, 4, 4, 9)) {
            tape.locate(at, at % 2 == 0 ? Source.DRIVE : Source.COUNTED).gives(DONE, 0, at);
            tape.read();
        }
        tape.spaceToEndOfData().gives(DONE, 0, 9);
        tape.spaceToEndOfData().gives(DONE, 0, 9);
        tape.rewind().gives(DONE, 0, 0);
        tape.rewind().gives(DONE, 0, 0);
    }

    /** A place beyond the last record is refused, and the tape is at the end of data then. */
    @Test
    default void locateBeyondTheEndOfDataStandsThere() throws Exception {
        CheckedTape tape = marked();
        for (long beyond : new long[] {10, 11, 1000, Integer.MAX_VALUE}) {
            tape.locate(2);
            tape.locate(beyond);
            tape.read().gives(END_OF_DATA, 0, 9);
        }
        tape.write(trial().traits().fit(700));
        tape.compareAll();
    }

    /** A partition that the tape does not have is refused. */
    @Test
    default void aMissingPartitionIsRefused() throws Exception {
        TapeChannel channel = trial().open();
        TapeResult result = new TapeResult();
        channel.write(Content.buffer(0, trial().traits().fit(600), 1), result);
        TapePosition missing = TapePosition.at(Source.DRIVE, channel.status().partitions(), 0);
        result.clear();
        StorageException e = assertThrows(StorageException.class, () -> channel.locate(missing, result));
        assertEquals(Kind.INVALID_ARGUMENT, e.kind());
        assertEquals(1, result.blockAddress(), "the tape stands where it stood");
        assertTrue(channel.position().isSamePlace(result.position()));
    }

    private CheckedTape marked() throws Exception {
        CheckedTape tape = trial().tape();
        TapeTraits traits = trial().traits();
        for (int length : List.of(1, 512, 100_001)) {
            tape.write(traits.fit(length));
        }
        tape.writeFileMarks(1);
        for (int length : List.of(4096, 777)) {
            tape.write(traits.fit(length));
        }
        tape.writeFileMarks(2).gives(DONE, 2, 8);
        return tape.write(traits.fit(20_000)).flush();
    }
}
