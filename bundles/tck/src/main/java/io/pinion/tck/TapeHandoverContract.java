package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Handover;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A channel goes on where its predecessor stopped, or says that it does not know where that is. */
interface TapeHandoverContract extends TapeContract {
    /** Wherever the predecessor left the tape, and whatever it did there, the successor goes on; no mark comes between. */
    @Test
    default void aSuccessorGoesOnWhereItsPredecessorStopped() throws Exception {
        TapeTraits traits = trial().traits();
        CheckedTape tape = trial().tape();
        tape.swap()
                .write(traits.fit(1000))
                .swap()
                .write(traits.fit(2000))
                .swap()
                .writeFileMarks(1)
                .swap();
        tape.write(traits.fit(3000))
                .write(traits.fit(1))
                .swap()
                .spaceRecords(-1)
                .swap();
        tape.read().swap().read();
        for (int at : List.of(0, 3, 1, 5, 2, 4)) {
            tape.locate(at).swap().read().swap();
        }
        tape.locate(1).read(BufferKind.PAGE, traits.fit(1));
        tape.swap().read().swap().compareAll();
    }

    /** A successor that was open before the tape was written and moved takes over what is there now. */
    @Test
    default void nothingIsRememberedFromBeforeBegin() throws Exception {
        Target target = trial().target();
        TapeChannel predecessor = trial().open(target);
        records().write(predecessor, 9, 9);
        TapeChannel successor = trial().openOnly(target, Access.READ_WRITE);
        predecessor.rewind(new TapeResult());
        records().write(predecessor, 1, 4);
        trial().succeed(predecessor, successor);
        trial().close(predecessor);
        assertEquals(4, successor.position().blockAddress());
        records().write(successor, 5, 5);
        records().readAll(successor, 5);
    }

    /** A predecessor of another kind leaves nothing but the position, and that is enough. */
    @Test
    default void thePositionIsEnoughToGoOn() throws Exception {
        TapeChannel predecessor = written(4);
        predecessor.writeFileMarks(1, new TapeResult());
        for (long at : new long[] {4, 2, 0, 5}) {
            TapePosition left = TapePosition.at(Source.COUNTED, 0, at);
            predecessor.locate(left, new TapeResult());
            predecessor.flush();
            TapeChannel successor = trial().openOnly(trial().target(), Access.READ_WRITE);
            successor.begin(Handover.from("a-stranger").at(left));
            trial().close(predecessor);
            assertEquals(at, successor.position().blockAddress());
            predecessor = successor;
        }
        predecessor.spaceRecords(-1, new TapeResult());
        predecessor.spaceRecords(-2, new TapeResult());
        records().read(predecessor, 3, 4);
    }

    /** A predecessor goes on serving when its successor does not take over. */
    @Test
    default void aPredecessorGoesOnAfterEnd() throws Exception {
        Target target = trial().target();
        TapeChannel serving = trial().open(target);
        records().write(serving, 1, 1);
        TapeChannel refused = trial().openOnly(target, Access.READ_WRITE);
        serving.flush();
        serving.end(Handover.from(trial().under().name()).at(serving.position()));
        trial().close(refused);
        records().write(serving, 2, 2);
        records().readAll(serving, 2);
    }

    /** A channel refuses a tape that stands elsewhere than it was left; the tape does not move. */
    @Test
    default void aTapeThatStandsElsewhereIsRefused() throws Exception {
        assumeTrue(trial().traits().isPlaceKept(), "the tape has no place of its own: TapeTraits.isPlaceKept");
        TapeChannel serving = written(3);
        serving.spaceRecords(-1, new TapeResult());
        for (long left : new long[] {0, 1, 3}) {
            assertRefused(serving, TapePosition.at(Source.DRIVE, 0, left));
            assertRefused(serving, TapePosition.at(Source.COUNTED, 0, left));
        }
    }

    /** A place that the tape does not have is refused, by whoever goes by what is handed over, too. */
    @Test
    default void aPlaceBeyondTheEndOfDataIsRefused() throws Exception {
        TapeChannel serving = written(3);
        assertRefused(serving, TapePosition.at(Source.DRIVE, 0, 4));
    }

    /** {@return a channel behind so many records} */
    private TapeChannel written(int count) throws Exception {
        TapeChannel channel = trial().open();
        records().write(channel, 1, count);
        channel.flush();
        return channel;
    }

    private void assertRefused(TapeChannel serving, TapePosition left) throws Exception {
        TapePosition before = serving.position();
        TapeChannel successor = trial().openOnly(trial().target(), Access.READ_WRITE);
        Handover handover = serving.end(Handover.from(trial().under().name()).at(left));
        StorageException e = assertThrows(
                StorageException.class,
                () -> successor.begin(handover),
                () -> "the tape stands at " + before + " and is said to be left at " + left
                        + " (a tape whose drive does not know the place overrides TapeTraits.isPlaceKept)");
        assertEquals(Kind.POSITION_UNKNOWN, e.kind());
        trial().close(successor);
        assertTrue(serving.position().isSamePlace(before), () -> "moved from " + before);
    }

    /** When the predecessor did not know the place, the drive tells it, or nothing is read and written until it is known. */
    @Test
    default void aPlaceThatNobodyKnowsIsFoundByMovingThere() throws Exception {
        TapeChannel predecessor = written(2);
        TapeChannel successor = trial().openOnly(trial().target(), Access.READ_WRITE);
        successor.begin(predecessor.end(Handover.from(trial().under().name()).at(TapePosition.unknown())));
        trial().close(predecessor);
        if (successor.position().source() == Source.UNKNOWN) {
            assertRefusesUntilMoved(successor);
        } else {
            assertEquals(2, successor.position().blockAddress());
        }
        successor.spaceToEndOfData(new TapeResult());
        records().write(successor, 3, 3);
        records().readAll(successor, 3);
    }

    private void assertRefusesUntilMoved(TapeChannel channel) {
        Frame frame = Frame.of(BufferKind.PAGE, trial().traits().fit(1000));
        TapeResult result = new TapeResult();
        List<Crew.Task> refused = List.of(
                () -> channel.read(frame.buffer(), result),
                () -> channel.write(frame.buffer(), result),
                () -> channel.writeFileMarks(1, result),
                () -> channel.spaceRecords(1, result),
                () -> channel.spaceFileMarks(-1, result));
        for (Crew.Task call : refused) {
            result.clear();
            StorageException e = assertThrows(StorageException.class, call::run);
            assertEquals(Kind.POSITION_UNKNOWN, e.kind());
            assertEquals(Source.UNKNOWN, result.source());
            frame.assertMoved(0, "a transfer at an unknown place");
        }
    }

    private NumberedRecords records() {
        return new NumberedRecords(trial().traits());
    }
}
