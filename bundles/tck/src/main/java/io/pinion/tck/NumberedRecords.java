package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.TapeResult.Outcome;
import java.nio.ByteBuffer;

/** Records of some thousand bytes, whose length and content follow from their number, which is 1 at least. */
final class NumberedRecords {
    private final TapeTraits traits;

    NumberedRecords(TapeTraits traits) {
        this.traits = traits;
    }

    /** How a record is read or written, by a channel or a drive. */
    @FunctionalInterface
    interface Transfer {
        void run(ByteBuffer buffer, TapeResult result) throws StorageException;
    }

    /** Writes those from one number to another. */
    void write(TapeChannel channel, int from, int to) throws StorageException {
        write(channel::write, from, to);
    }

    /** Writes those from one number to another. */
    void write(Transfer transfer, int from, int to) throws StorageException {
        TapeResult result = new TapeResult();
        for (int number = from; number <= to; number++) {
            result.clear();
            transfer.run(Content.buffer(0, length(number), number), result);
            assertEquals(Outcome.DONE, result.outcome(), "record " + number);
            assertEquals(length(number), result.count(), "record " + number);
        }
    }

    /** Reads those from one number to another, from where the tape stands. */
    void read(TapeChannel channel, int from, int to) throws StorageException {
        read(channel::read, from, to);
    }

    /** Reads those from one number to another, from where the tape stands. */
    void read(Transfer transfer, int from, int to) throws StorageException {
        TapeResult result = new TapeResult();
        for (int number = from; number <= to; number++) {
            int length = length(number);
            Frame frame = Frame.of(BufferKind.PAGE, length);
            result.clear();
            transfer.run(frame.buffer(), result);
            assertEquals(Outcome.DONE, result.outcome(), "record " + number);
            int kept = traits.keptBytes(length);
            Content.assertSame(Content.bytes(0, kept, number), frame.content(kept), "record " + number);
        }
    }

    /** Reads all that is on the tape, which must be those up to this number, and nothing behind. */
    void readAll(TapeChannel channel, int to) throws StorageException {
        TapeResult result = new TapeResult();
        channel.rewind(result);
        read(channel, 1, to);
        result.clear();
        channel.read(Frame.of(BufferKind.PAGE, traits.fit(512)).buffer(), result);
        assertEquals(Outcome.END_OF_DATA, result.outcome(), "behind record " + to);
        assertEquals(to, result.blockAddress(), "the end of data");
    }

    private int length(int number) {
        return traits.fit(3000 + 7 * number);
    }
}
