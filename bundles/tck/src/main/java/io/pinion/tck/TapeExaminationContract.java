package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Examination;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.Target;
import org.junit.jupiter.api.Test;

/** An examination says what will be, needs nothing on the tape, and changes nothing. */
interface TapeExaminationContract extends TapeContract {
    /** What examine says of a blank tape is what the channel then is. */
    @Test
    default void anExaminationSaysWhatTheChannelIs() throws Exception {
        Target target = trial().target();
        Examination found = trial().examination();
        assertFalse(found.identity().isEmpty());
        assertEquals(Access.READ_WRITE, found.access());
        assertEquals(found.identity(), trial().strategy().examine(target).identity());
        TapeChannel channel = trial().openOnly(target, Access.READ_WRITE);
        assertEquals(found.geometry().toString(), channel.geometry().toString());
        channel.identity().ifPresent(identity -> assertEquals(found.identity(), identity));
        assertFalse(channel.mode().name().isBlank());
        assertTrue(
                found.geometry().allowsRecord(trial().traits().fit(1000)),
                () -> "a record of " + trial().traits().fit(1000) + " bytes, by " + found.geometry());
    }

    /** A tape is examined before anybody has claimed it, again and again, with one finding. */
    @Test
    default void aTapeIsExaminedBeforeItIsClaimed() throws Exception {
        Target target = trial().unclaimed();
        Examination found = trial().strategy().examine(target);
        assertTrue(found.isSuitable(), () -> found.notes().toString());
        Examination again = trial().strategy().examine(target);
        assertEquals(found.toString(), again.toString());
        assertEquals(found.backing(), again.backing());
    }

    /** Examining neither moves the tape nor changes it, nor keeps anything of it. */
    @Test
    default void anExaminationChangesAndHoldsNothing() throws Exception {
        CheckedTape tape = trial().tape();
        TapeTraits traits = trial().traits();
        tape.write(traits.fit(1000)).writeFileMarks(1).write(traits.fit(2000)).write(traits.fit(3000));
        tape.flush().spaceRecords(-1);
        int before = OpenFiles.areVisible() ? OpenFiles.count() : 0;
        for (int i = 0; i < 20; i++) {
            trial().strategy().examine(trial().target());
        }
        int after = OpenFiles.areVisible() ? OpenFiles.count() : 0;
        assertTrue(after < before + 10, "20 examinations left " + (after - before) + " descriptors open");
        tape.read().read().compareAll();
    }

    /** An open channel that never begins changes nothing, nor does its end. */
    @Test
    default void aChannelThatNeverBeginsChangesNothing() throws Exception {
        CheckedTape tape = trial().tape();
        TapeTraits traits = trial().traits();
        tape.write(traits.fit(1000));
        TapeChannel other = trial().openOnly(trial().target(), Access.READ_WRITE);
        tape.write(traits.fit(2000));
        trial().close(other);
        tape.write(traits.fit(3000)).compareAll();
    }
}
