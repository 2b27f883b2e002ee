package io.pinion.tck;

import static io.pinion.strategy.TapeResult.Outcome.DONE;
import static io.pinion.strategy.TapeResult.Outcome.RECORD_TOO_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapeResult;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One call is one record, whatever its length and whatever the buffer, and it comes back as it was written. */
interface TapeRecordContract extends TapeContract {
    /** The largest record that is tried once, where the geometry allows more than the kit's others. */
    int LARGEST_TRIED = 16 << 20;

    /** Records of every length come back whole, from and into every sort of buffer. */
    @Test
    default void recordsComeBackAsTheyWereWritten() throws Exception {
        CheckedTape tape = trial().tape();
        for (BufferKind kind : BufferKind.values()) {
            for (int length : lengths()) {
                tape.write(kind, length).gives(DONE, length, tape.model().at());
            }
        }
        for (BufferKind kind : BufferKind.values()) {
            tape.rewind();
            while (tape.model().at() < tape.model().end()) {
                tape.read(kind, tape.model().next().length());
            }
        }
    }

    private List<Integer> lengths() {
        int largest = trial().traits().largestRecord();
        return Stream.of(1, 2, 3, 511, 512, 513, 4095, 4096, 4097, 32_769, 65_535, 65_536, 65_537, largest - 1, largest)
                .map(trial().traits()::fit)
                .distinct()
                .toList();
    }

    /** A buffer with room to spare gets the record and nothing more, not even the beginning of the next. */
    @Test
    default void aReadNeverGoesBeyondItsRecord() throws Exception {
        CheckedTape tape = trial().tape();
        TapeTraits traits = trial().traits();
        for (int length : lengths()) {
            tape.write(length);
        }
        for (BufferKind kind : BufferKind.values()) {
            tape.rewind();
            while (tape.model().at() < tape.model().end()) {
                long length = tape.model().next().length();
                tape.read(kind, traits.largestRecord())
                        .gives(DONE, length, tape.model().at());
            }
        }
    }

    /** A record that does not fit is not read, nor passed, however often it is tried; then it is read into a larger buffer. */
    @Test
    default void aRecordThatIsTooLongStaysInFrontOfTheTape() throws Exception {
        CheckedTape tape = trial().tape();
        TapeTraits traits = trial().traits();
        int length = traits.fit(50_001);
        tape.write(traits.fit(100))
                .write(length)
                .write(traits.fit(200))
                .rewind()
                .read();
        for (BufferKind kind : BufferKind.values()) {
            for (int room : List.of(1, 512, 30_000, length - 1)) {
                tape.read(kind, traits.fit(room)).gives(RECORD_TOO_LONG, 0, 1);
            }
        }
        tape.read(BufferKind.HEAP, traits.fit(1)).gives(RECORD_TOO_LONG, 0, 1);
        tape.read().gives(DONE, length, 2);
        tape.read().gives(DONE, traits.fit(200), 3);
    }

    /** After a record that was too long the tape can be written: what is behind it goes, the record itself too. */
    @Test
    default void aRecordThatIsTooLongCanBeOverwritten() throws Exception {
        CheckedTape tape = trial().tape();
        TapeTraits traits = trial().traits();
        tape.write(traits.fit(100))
                .write(traits.fit(5000))
                .write(traits.fit(200))
                .rewind()
                .read();
        tape.read(BufferKind.PAGE, traits.fit(1)).gives(RECORD_TOO_LONG, 0, 1);
        tape.write(traits.fit(300)).gives(DONE, traits.fit(300), 2);
        tape.compareAll();
    }

    /** What is only written from need not be writable. */
    @Test
    default void readOnlyBuffersAreWritten() throws Exception {
        TapeChannel channel = trial().open();
        TapeTraits traits = trial().traits();
        TapeResult result = new TapeResult();
        int length = traits.fit(9000);
        for (BufferKind kind : BufferKind.values()) {
            byte[] content = Content.bytes(0, length, kind.ordinal());
            ByteBuffer source = Frame.of(kind, content).buffer().asReadOnlyBuffer();
            int from = source.position();
            channel.write(source, result);
            assertEquals(from + length, source.position(), kind.toString());
            assertEquals(0, source.remaining(), kind.toString());
        }
        channel.rewind(result);
        for (BufferKind kind : BufferKind.values()) {
            Frame back = Frame.of(kind, length);
            channel.read(back.buffer(), result);
            int kept = traits.keptBytes(length);
            Content.assertSame(Content.bytes(0, kept, kind.ordinal()), back.content(kept), kind.toString());
        }
    }

    /** The largest record that the geometry allows is written and read. */
    @Test
    default void theLargestRecordIsWhole() throws Exception {
        int largest = trial().examination().geometry().maximumRecordSize();
        assumeTrue(largest > 0, "the geometry tells no largest record");
        CheckedTape tape = trial().tape();
        tape.write(BufferKind.PAGE, Math.min(largest, LARGEST_TRIED)).rewind().read();
    }

    /** A record over the limit is refused, with the limit, before anything has happened. */
    @Test
    default void aRecordOverTheLimitIsRefused() throws Exception {
        int largest = trial().examination().geometry().maximumRecordSize();
        assumeTrue(largest > 0 && largest <= LARGEST_TRIED, "the largest record is beyond what is tried");
        TapeChannel channel = trial().open();
        TapeResult result = new TapeResult();
        channel.write(Content.buffer(0, trial().traits().fit(100), 1), result);
        assertRefused(channel, largest + trial().traits().recordGranularity(), largest);
    }

    /** So is one below. */
    @Test
    default void aRecordThatIsTooShortIsRefused() throws Exception {
        int smallest = trial().examination().geometry().minimumRecordSize();
        assumeTrue(smallest > 1, "the geometry allows the shortest");
        TapeChannel channel = trial().open();
        channel.write(Content.buffer(0, trial().traits().fit(100), 1), new TapeResult());
        assertRefused(channel, smallest - 1, smallest);
    }

    private static void assertRefused(TapeChannel channel, int length, int limit) throws Exception {
        TapeResult result = new TapeResult();
        Frame frame = Frame.of(BufferKind.PAGE, length);
        StorageException e = assertThrows(StorageException.class, () -> channel.write(frame.buffer(), result));
        assertEquals(Kind.INVALID_ARGUMENT, e.kind());
        assertTrue(e.getMessage().contains("" + limit), e.getMessage());
        frame.assertMoved(0, "a record of " + length + " bytes");
        assertEquals(0, result.count());
        assertEquals(1, result.blockAddress());
    }
}
