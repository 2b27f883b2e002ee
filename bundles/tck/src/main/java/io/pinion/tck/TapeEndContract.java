package io.pinion.tck;

import static io.pinion.strategy.TapeResult.Outcome.EARLY_WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.pinion.strategy.Capability;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeStatus;
import io.pinion.strategy.TapeStatus.Condition;
import io.pinion.strategy.Target;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The end of a tape is told in good time; what was written is on it, and what was not is told by record. */
interface TapeEndContract extends TapeContract {
    /** First comes the warning, with room for a trailer, then no space; and everything that was taken is there. */
    @Test
    default void aWarningComesBeforeTheEnd() throws Exception {
        TapeTraits traits = trial().traits();
        CheckedTape tape = trial().endingTape();
        fill(tape, traits);
        int warned = tape.model().at();
        tape.write(traits.fit(100)).gives(EARLY_WARNING, traits.fit(100), warned + 1L);
        tape.writeFileMarks(1).gives(EARLY_WARNING, 1, warned + 2L);
        writeUntilRefused(tape, traits);
        tape.flush().spaceRecords(-1).spaceToEndOfData().spaceFileMarks(-1);
        tape.read().read();
        tape.locate(Math.max(0, warned - 5));
        while (tape.model().at() < tape.model().end()) {
            tape.read();
        }
        tape.read();
    }

    /** A tape that was full has room again where it is overwritten, and no warning there. */
    @Test
    default void overwritingAFullTapeMakesRoom() throws Exception {
        TapeTraits traits = trial().traits();
        CheckedTape tape = trial().endingTape();
        fill(tape, traits);
        writeUntilRefused(tape, traits);
        tape.locate(2).write(traits.fit(100)).writeFileMarks(1).write(traits.fit(100));
        tape.compareAll();
    }

    /** The status says so as long as the warning lasts. */
    @Test
    default void theStatusSaysThatTheEndIsNear() throws Exception {
        TapeTraits traits = trial().traits();
        Target target = trial().endingTarget();
        TapeChannel channel = trial().open(target);
        TapeResult result = new TapeResult();
        int length = traits.fillingRecord();
        ByteBuffer record = Content.buffer(0, length, 1);
        assertFalse(channel.status().is(Condition.EARLY_WARNING), "at the beginning");
        for (int i = 0; result.outcome() != EARLY_WARNING; i++) {
            assertTrue(i < traits.fillingRecords(), "no early warning; see TapeTraits.fillingRecords");
            result.clear();
            channel.write(record.rewind(), result);
        }
        TapeStatus status = channel.status();
        assertTrue(status.is(Condition.EARLY_WARNING), status::toString);
        assertEquals(length, result.count());
    }

    /** Of blocks that were written by one call, those that fitted are on the tape, and their number is told. */
    @Test
    default void blocksThatFittedAreTold() throws Exception {
        Target target = trial().endingTarget();
        trial().needs(Capability.FIXED_BLOCKS);
        TapeChannel channel = trial().open(target);
        int size = trial().traits().fit(1024);
        channel.setBlockSize(size);
        try {
            writeBlocksUntilRefused(channel, size);
        } finally {
            channel.setBlockSize(0);
        }
    }

    private void writeBlocksUntilRefused(TapeChannel channel, int size) throws StorageException {
        TapeResult result = new TapeResult();
        int blocks = 7;
        for (long written = 0; written < trial().traits().fillingRecords(); written += blocks) {
            Frame frame = Frame.of(BufferKind.PAGE, blocks * size);
            result.clear();
            try {
                channel.write(frame.buffer(), result);
            } catch (StorageException e) {
                assertEquals(Kind.NO_SPACE, e.kind());
                assertEquals(0, result.count() % size, "half a block was written");
                assertEquals(e.transferred(), result.count(), "as exception and result tell");
                assertEquals(written + result.count() / size, result.blockAddress());
                frame.assertMoved((int) result.count(), "a write of which some blocks fitted");
                return;
            }
            assertEquals(written + blocks, result.blockAddress());
        }
        fail("no end after " + result.blockAddress() + " blocks; see TapeTraits.fillingRecords");
    }

    /** Writes until the warning comes. */
    static void fill(CheckedTape tape, TapeTraits traits) throws Exception {
        tape.write(traits.fillingRecord());
        while (tape.result().outcome() != EARLY_WARNING) {
            assertTrue(
                    tape.model().end() < traits.fillingRecords(),
                    () -> "no early warning after " + tape.model().end() + " records; see TapeTraits.fillingRecords");
            tape.write(traits.fillingRecord());
        }
    }

    /** Writes until there is no space, and once more. */
    private static void writeUntilRefused(CheckedTape tape, TapeTraits traits) throws Exception {
        while (!tape.isRefused()) {
            assertTrue(
                    tape.model().end() < traits.fillingRecords(),
                    () -> "no end after " + tape.model().end() + " records; see TapeTraits.fillingRecords");
            tape.write(traits.fillingRecord());
        }
        tape.write(traits.fillingRecord());
        assertTrue(tape.isRefused(), "room again for a record as long as one that had none");
    }
}
