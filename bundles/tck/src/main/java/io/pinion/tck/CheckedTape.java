package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import java.util.Arrays;

/**
 * A tape and its model: whatever is done is done to both, and outcome, count, position and content are compared at once. For
 * the test's thread alone.
 */
final class CheckedTape {
    private static final int STATUS_EACH = 3;

    private final TapeSubject subject;
    private final TapeTraits traits;
    private final TapeEnd end;
    private final TapeModel model = new TapeModel();
    private final TapePlace place = new TapePlace(model);
    private final TapeResult result = new TapeResult();
    private final LatestOperations latest = new LatestOperations();
    private String what = "";
    private int version;
    private int steps;
    private int stepsBefore;
    private boolean refused;

    /** A tape that is blank, and at its beginning. */
    CheckedTape(TapeSubject subject, TapeTraits traits, TapeEnd end) {
        this.subject = subject;
        this.traits = traits;
        this.end = end;
    }

    /** {@return what the tape should be like} */
    TapeModel model() {
        return model;
    }

    /** {@return the result of the operation before} */
    TapeResult result() {
        return result;
    }

    /** Prints how much was compared. */
    void tell(String whose, int seeds) {
        System.out.println(
                "tape model: " + whose + ": " + (stepsBefore + steps) + " steps of " + seeds + " seeds agreed");
    }

    /** {@return whether there was no room for what was written last} */
    boolean isRefused() {
        return refused;
    }

    /** {@return the latest operations} */
    LatestOperations latest() {
        return latest;
    }

    /** Starts over at this place, where it is written next: what happens then follows from the seed alone. */
    CheckedTape startOver(long seed) {
        model.cut();
        version = Long.hashCode(seed);
        stepsBefore += steps;
        steps = 0;
        latest.clear();
        return this;
    }

    /** Checks the result of the operation before against what the test says of it, beside the model. */
    CheckedTape gives(Outcome outcome, long count, long blockAddress) {
        assertEquals(outcome, result.outcome(), what + ": outcome");
        assertEquals(count, result.count(), what + ": count");
        assertEquals(blockAddress, result.blockAddress(), what + ": block address");
        return this;
    }

    CheckedTape read(BufferKind kind, int room) throws Exception {
        begin("read into " + kind + " of " + room);
        Frame frame = Frame.of(kind, room);
        int next = model.at() < model.end() ? model.next().length() : 0;
        model.read(room);
        subject.read(frame.buffer(), result);
        compare();
        frame.assertMoved((int) model.count(), what);
        if (model.outcome() == Outcome.DONE) {
            int kept = traits.keptBytes(next);
            Content.assertSame(
                    Arrays.copyOf(model.previous().content(), kept), frame.content(kept), what + ": content");
        }
        if (model.outcome() == Outcome.RECORD_TOO_LONG && result.recordLength() != -1) {
            assertEquals(next, result.recordLength(), what + ": length of the record that is too long");
        }
        return this;
    }

    /** Reads the record that is next into a buffer of just its length; a mark or the end of data into a small one. */
    CheckedTape read() throws Exception {
        boolean record = model.at() < model.end() && !model.next().isMark();
        return read(BufferKind.PAGE, record ? model.next().length() : traits.fit(512));
    }

    CheckedTape write(BufferKind kind, int length) throws Exception {
        begin("write " + length + " from " + kind);
        Frame frame = Frame.of(kind, Content.bytes(0, length, ++version));
        try {
            subject.write(frame.buffer(), result);
        } catch (StorageException e) {
            assertNoSpace(e, traits.room(length));
            frame.assertMoved(0, what);
            assertEquals(0, result.count(), what + ": count");
            settle();
            return this;
        }
        frame.assertMoved(length, what);
        model.write(length, version);
        compareWritten();
        return this;
    }

    /** Writes a record that is direct memory. */
    CheckedTape write(int length) throws Exception {
        return write(BufferKind.PAGE, length);
    }

    CheckedTape writeFileMarks(int count) throws Exception {
        begin("write " + count + " marks");
        try {
            subject.writeFileMarks(count, result);
        } catch (StorageException e) {
            assertNoSpace(e, traits.roomOfMark() * count);
            int written = (int) result.count();
            assertTrue(written >= 0 && written < count, what + ": no space, and wrote " + written);
            if (written > 0) {
                model.writeFileMarks(written);
            }
            settle();
            return this;
        }
        model.writeFileMarks(count);
        compareWritten();
        return this;
    }

    CheckedTape spaceRecords(long count) throws Exception {
        begin("space " + count + " records");
        model.spaceRecords(count);
        subject.spaceRecords(count, result);
        return compare();
    }

    CheckedTape spaceFileMarks(long count) throws Exception {
        begin("space " + count + " marks");
        model.spaceFileMarks(count);
        subject.spaceFileMarks(count, result);
        return compare();
    }

    CheckedTape spaceToEndOfData() throws Exception {
        begin("space to the end of data");
        model.moveTo(model.end());
        subject.spaceToEndOfData(result);
        return compare();
    }

    CheckedTape locate(long blockAddress, Source source) throws Exception {
        begin("locate " + blockAddress);
        TapePosition position = TapePosition.at(source, 0, blockAddress);
        model.moveTo(blockAddress);
        if (blockAddress == model.at()) {
            subject.locate(position, result);
            return compare();
        }
        StorageException e = assertThrows(StorageException.class, () -> subject.locate(position, result), what);
        assertEquals(Kind.END_OF_DATA, e.kind(), what);
        return comparePlace();
    }

    CheckedTape locate(long blockAddress) throws Exception {
        return locate(blockAddress, Source.DRIVE);
    }

    CheckedTape rewind() throws Exception {
        begin("rewind");
        model.moveTo(0);
        subject.rewind(result);
        return compare();
    }

    CheckedTape erase() throws Exception {
        begin("erase");
        model.cut();
        subject.erase(result);
        return compare();
    }

    CheckedTape flush() throws Exception {
        begin("flush");
        subject.flush();
        assertTellsPlace();
        return this;
    }

    CheckedTape reopen() throws Exception {
        begin("reopen");
        subject.reopen();
        TapePosition found = subject.position();
        if (traits.isPlaceKept()) {
            assertTellsPlace();
        } else if (found.source() == Source.UNKNOWN) {
            rewind();
        } else {
            long at = found.blockAddress();
            assertTrue(at >= 0 && at <= model.end(), () -> what + ": stands at " + found + " of " + model.end());
            model.moveTo(at);
        }
        return this;
    }

    CheckedTape swap() throws Exception {
        begin("swap");
        subject.swap();
        assertTellsPlace();
        return this;
    }

    /** Reads everything, from the beginning to the end of data. */
    CheckedTape compareAll() throws Exception {
        rewind();
        while (model.at() < model.end()) {
            read();
        }
        return read();
    }

    private void begin(String operation) {
        refused = false;
        what = operation + " at " + model.at() + " of " + model.end();
        steps++;
        latest.add(what);
    }

    private void compareWritten() throws Exception {
        end.written(result.outcome(), model, what);
        assertEquals(model.count(), result.count(), what + ": count");
        comparePlace();
    }

    private void assertNoSpace(StorageException e, long room) throws StorageException {
        if (!end.isNear() || e.kind() != Kind.NO_SPACE) {
            throw e;
        }
        end.refused(room, model, what);
    }

    /** Looks what became of the records behind the place, where there was no room: they may be gone. */
    private void settle() throws Exception {
        comparePlace();
        int at = model.at();
        if (at < model.end()) {
            subject.spaceToEndOfData(result);
            if (result.blockAddress() == at) {
                model.cut();
            } else {
                model.moveTo(model.end());
                comparePlace();
                locate(at);
            }
        }
        refused = true;
    }

    private CheckedTape compare() throws Exception {
        assertEquals(model.outcome(), result.outcome(), what + ": outcome");
        assertEquals(model.count(), result.count(), what + ": count");
        return comparePlace();
    }

    private CheckedTape comparePlace() throws Exception {
        place.compare(result, what);
        assertTellsPlace();
        return this;
    }

    private void assertTellsPlace() throws Exception {
        place.compare(subject.position(), what);
        if (steps % STATUS_EACH == 0) {
            place.compare(subject.status(), what);
        }
    }
}
