package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.strategy.Access;
import io.pinion.strategy.Handover;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.Target;
import org.junit.jupiter.api.Test;

/** What was flushed is on the tape, whatever becomes of the channel; and nothing is that nobody wrote. */
interface TapeFlushContract extends TapeContract {
    /** A channel is closed without being succeeded, again and again: no record is lost or doubled, no mark comes between. */
    @Test
    default void closingWritesNothing() throws Exception {
        NumberedRecords records = new NumberedRecords(trial().traits());
        TapeChannel channel = trial().open();
        for (int round = 1; round <= 5; round++) {
            records.write(channel, 2 * round - 1, 2 * round);
            channel.flush();
            trial().close(channel);
            channel = reopened();
            TapeResult result = new TapeResult();
            channel.spaceToEndOfData(result);
            assertEquals(2 * round, result.blockAddress(), "the end of data after closing");
        }
        records.readAll(channel, 10);
    }

    /** Nor does closing write anything after moving, after reading and after a file mark. */
    @Test
    default void closingWritesNothingWhateverWasBefore() throws Exception {
        TapeTraits traits = trial().traits();
        CheckedTape tape = trial().tape();
        tape.write(traits.fit(1000)).writeFileMarks(1).reopen().compareAll();
        tape.write(traits.fit(2000))
                .write(traits.fit(3000))
                .spaceRecords(-1)
                .reopen()
                .compareAll();
        tape.rewind().read().reopen().compareAll();
        tape.locate(2).write(traits.fit(100)).spaceFileMarks(-1).reopen().compareAll();
        tape.rewind().reopen().compareAll();
    }

    /** Of a channel that is never closed, what it had flushed is there; and its closing, when it comes, changes nothing. */
    @Test
    default void whatWasFlushedSurvivesItsChannel() throws Exception {
        NumberedRecords records = new NumberedRecords(trial().traits());
        TapeChannel abandoned = trial().open();
        records.write(abandoned, 1, 20);
        abandoned.flush();
        TapeChannel other = reopened();
        records.readAll(other, 20);
        trial().close(abandoned);
        records.readAll(other, 20);
        records.write(other, 21, 22);
        records.readAll(other, 22);
    }

    /** What lies before a file mark needs no flush. */
    @Test
    default void whatLiesBeforeAMarkSurvivesItsChannel() throws Exception {
        NumberedRecords records = new NumberedRecords(trial().traits());
        TapeChannel abandoned = trial().open();
        records.write(abandoned, 1, 5);
        TapeResult result = new TapeResult();
        abandoned.writeFileMarks(1, result);
        TapeChannel other = reopened();
        other.rewind(result);
        records.read(other, 1, 5);
        result.clear();
        other.read(Frame.of(BufferKind.PAGE, trial().traits().fit(512)).buffer(), result);
        assertEquals(TapeResult.Outcome.FILE_MARK, result.outcome());
    }

    /** A flush moves nothing, and needs nothing to be flushed. */
    @Test
    default void aFlushMovesNothing() throws Exception {
        TapeTraits traits = trial().traits();
        CheckedTape tape = trial().tape();
        tape.flush()
                .write(traits.fit(100))
                .flush()
                .flush()
                .write(traits.fit(200))
                .flush();
        tape.writeFileMarks(1).flush().spaceRecords(-2).flush().rewind().flush();
        tape.read().flush().read().flush().read().flush().read().flush();
        tape.write(traits.fit(300)).compareAll();
    }

    private TapeChannel reopened() throws Exception {
        Target target = trial().target();
        TapeChannel channel = trial().openOnly(target, Access.READ_WRITE);
        channel.begin(Handover.first());
        return channel;
    }
}
