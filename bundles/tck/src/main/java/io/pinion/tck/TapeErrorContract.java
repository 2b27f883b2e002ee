package io.pinion.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Capability;
import io.pinion.strategy.Handover;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TapeChannel;
import io.pinion.strategy.TapePosition;
import io.pinion.strategy.TapePosition.Source;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.Target;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What may not be done is refused by its type, and the result says where the tape stands all the same. */
interface TapeErrorContract extends TapeContract {
    /** A channel that only reads reads and moves, and writes neither records nor marks. */
    @Test
    default void aReadOnlyChannelWritesNothing() throws Exception {
        NumberedRecords records = new NumberedRecords(trial().traits());
        Target target = trial().target();
        TapeChannel writing = trial().open(target);
        records.write(writing, 1, 3);
        writing.flush();
        trial().close(writing);
        TapeChannel reading = trial().openOnly(target, Access.READ_ONLY);
        reading.begin(Handover.first());
        TapeResult result = new TapeResult();
        reading.rewind(result);
        records.read(reading, 1, 1);
        Frame frame = Frame.of(BufferKind.PAGE, trial().traits().fit(1000));
        assertRefused(() -> reading.write(frame.buffer(), result), result);
        frame.assertMoved(0, "a write that is not allowed");
        assertRefused(() -> reading.writeFileMarks(1, result), result);
        if (trial().can(Capability.ERASE)) {
            assertRefused(() -> reading.erase(result), result);
        }
        reading.flush();
        records.read(reading, 2, 3);
        records.readAll(reading, 3);
    }

    private static void assertRefused(Crew.Task call, TapeResult result) {
        result.clear();
        StorageException e = assertThrows(StorageException.class, call::run);
        assertEquals(Kind.READ_ONLY, e.kind());
        assertEquals(0, result.count());
        assertEquals(1, result.blockAddress(), () -> "the tape stands where it stood: " + result);
    }

    /** What is called after closing fails as closed, or needs nothing that was given back. */
    @Test
    default void whatIsCalledAfterClosingFailsAsClosed() throws Exception {
        TapeChannel channel = trial().open();
        new NumberedRecords(trial().traits()).write(channel, 1, 1);
        channel.flush();
        trial().close(channel);
        Frame frame = Frame.of(BufferKind.PAGE, trial().traits().fit(1000));
        TapeResult result = new TapeResult();
        assertClosed("read", () -> channel.read(frame.buffer(), result));
        assertClosed("write", () -> channel.write(frame.buffer(), result));
        assertClosed("writeFileMarks", () -> channel.writeFileMarks(1, result));
        assertClosed("spaceRecords", () -> channel.spaceRecords(1, result));
        assertClosed("spaceFileMarks", () -> channel.spaceFileMarks(1, result));
        assertClosed("spaceToEndOfData", () -> channel.spaceToEndOfData(result));
        assertClosed("flush", channel::flush);
        frame.assertMoved(0, "transfers after closing");
        assertHarmless("rewind", () -> channel.rewind(result));
        assertHarmless("locate", () -> channel.locate(TapePosition.at(Source.DRIVE, 0, 0), result));
        assertHarmless("position", channel::position);
        assertHarmless("status", channel::status);
    }

    private static void assertClosed(String operation, Crew.Task call) {
        StorageException e = assertThrows(StorageException.class, call::run, operation);
        assertEquals(Kind.CLOSED, e.kind(), operation);
    }

    private static void assertHarmless(String operation, Crew.Task call) throws Exception {
        try {
            call.run();
        } catch (StorageException e) {
            assertEquals(Kind.CLOSED, e.kind(), operation);
        }
    }

    /** What runs while the channel is closed ends, well or as closed, and what was flushed before stays. */
    @Test
    default void closingDuringTransfersEndsThem() throws Exception {
        NumberedRecords records = new NumberedRecords(trial().traits());
        Target target = trial().target();
        for (int round = 0; round < 5; round++) {
            TapeChannel channel = trial().open(target);
            records.write(channel, 1, 3);
            channel.flush();
            CountDownLatch running = new CountDownLatch(5);
            Crew crew = new Crew();
            crew.start("writer", () -> {
                StorageException e = assertThrows(StorageException.class, () -> {
                    for (int number = 4; number < 100_000; number++) {
                        records.write(channel, number, number);
                        running.countDown();
                    }
                });
                assertEquals(Kind.CLOSED, e.kind());
            });
            crew.await("transfers to run", running);
            trial().close(channel);
            crew.join();
            TapeChannel next = trial().open(target);
            records.read(next, 1, 3);
            trial().close(next);
        }
    }

    /** A pending interrupt stays pending, and harms no operation. */
    @Test
    default void aPendingInterruptHarmsNothing() throws Exception {
        TapeTraits traits = trial().traits();
        CheckedTape tape = trial().tape();
        Thread.currentThread().interrupt();
        try {
            for (BufferKind kind : BufferKind.values()) {
                tape.write(kind, traits.fit(70_000)).writeFileMarks(1).flush();
            }
            tape.rewind().spaceFileMarks(2).spaceRecords(-1).spaceRecords(1);
            tape.compareAll();
            assertTrue(Thread.currentThread().isInterrupted(), "the interrupt is lost");
        } finally {
            Thread.interrupted();
        }
    }
}
