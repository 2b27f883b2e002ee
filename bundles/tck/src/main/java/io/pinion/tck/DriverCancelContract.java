package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.PositionalChannel;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the driver's own queue does with what is to end soon, without core around it. */
interface DriverCancelContract extends Contract {
    /** How many operations are pending. */
    int PENDING = 8;

    /** How many of them are cancelled: half before they are submitted, half afterwards. */
    int CANCELLED = 6;

    /** What is cancelled, submitted or not, is delivered once: as cancelled, or as if nothing had been asked. */
    @Test
    default void theDriversQueueDeliversWhatIsCancelledOnce() throws Exception {
        int length = 5000;
        PositionalChannel channel = trial().openWithQueues(place(PENDING, length));
        try (ChannelQueue queue = channel.openQueue(PENDING).orElseThrow()) {
            for (int round = 1; round <= 10; round++) {
                byte[] before = Trial.contentOf(channel);
                Frame[] frames = new Frame[PENDING];
                for (int i = 0; i < PENDING; i++) {
                    BufferKind kind = BufferKind.values()[(i + round) % BufferKind.values().length];
                    frames[i] = Frame.of(kind, Content.bytes(place(i, length), length, round));
                    ByteBuffer buffer = frames[i].buffer();
                    queue.write(buffer, buffer.position(), length, place(i, length), i, NONE);
                }
                Collected done = cancelSome(queue);
                assertEquals(PENDING, done.size());
                assertTrue(queue.isQuiet(), "all is delivered");
                byte[] after = Trial.contentOf(channel);
                for (int i = 0; i < PENDING; i++) {
                    frames[i].assertMoved(0, "a queued write");
                    int sure = i < CANCELLED ? transferred(done, i, length) : done.result(i);
                    assertWritten(before, after, i * length, length, sure, round);
                }
            }
        }
    }

    /** A buffer is the caller's again when the completion is delivered, as cancelled, too. */
    @Test
    default void theDriversQueueLeavesTheBufferOfWhatWasCancelledAlone() throws Exception {
        int length = 64 * 1024;
        byte[] callers = new byte[length];
        Arrays.fill(callers, (byte) 0x33);
        PositionalChannel channel = trial().openWithQueues(place(PENDING, length));
        channel.write(Content.buffer(0, PENDING * length, 1), 0, NONE);
        try (ChannelQueue queue = channel.openQueue(PENDING).orElseThrow()) {
            for (int round = 1; round <= 10; round++) {
                Frame[] frames = new Frame[PENDING];
                for (int i = 0; i < PENDING; i++) {
                    frames[i] = Frame.of(BufferKind.PAGE, length);
                    ByteBuffer buffer = frames[i].buffer();
                    queue.read(buffer, buffer.position(), length, place(i, length), i, NONE);
                }
                Collected done = cancelSome(queue);
                for (int i = 0; i < PENDING; i++) {
                    int sure = i < CANCELLED ? transferred(done, i, length) : done.result(i);
                    Content.assertSame(
                            Content.bytes(place(i, length), sure, 1), frames[i].content(sure), "a queued read");
                    frames[i].buffer().duplicate().put(callers);
                }
                ByteBuffer other = ByteBuffer.allocateDirect(length);
                queue.read(other, 0, length, 0, PENDING, NONE);
                assertEquals(length, new Collected().drain(queue).result(PENDING));
                for (Frame frame : frames) {
                    Content.assertSame(callers, frame.content(), "what its caller put there since");
                }
            }
        }
    }

    /** A token of nothing that is pending ends nothing, neither what is nor what comes. */
    @Test
    default void theDriversQueueCancelsNothingElse() throws Exception {
        PositionalChannel channel = trial().openWithQueues(PENDING * 5000L);
        try (ChannelQueue queue = channel.openQueue(PENDING).orElseThrow()) {
            queue.cancel(77);
            assertEquals(0, queue.submit(0, 0));
            for (int round = 1; round <= 5; round++) {
                long first = 100L * round;
                for (int i = 0; i < PENDING; i++) {
                    queue.write(Content.buffer(i * 5000L, 5000, round), 0, 5000, i * 5000L, first + i, NONE);
                }
                queue.cancel(77);
                queue.cancel(first - 100);
                queue.submit(0, 0);
                queue.cancel(77);
                Collected done = new Collected().drain(queue);
                for (int i = 0; i < PENDING; i++) {
                    assertEquals(5000, done.result(first + i));
                }
                queue.cancel(first);
                assertEquals(0, queue.pending());
            }
            byte[] all = Arrays.copyOf(Trial.contentOf(channel), PENDING * 5000);
            Content.assertSame(Content.bytes(0, all.length, 5), all, "written in the end");
        }
    }

    /** A flush goes on, and is delivered after the writes that it covers, also when those are cancelled. */
    @Test
    default void theDriversFlushIsNotCancelled() throws Exception {
        PositionalChannel channel = trial().openWithQueues(PENDING * 50_000L);
        try (ChannelQueue queue = channel.openQueue(PENDING).orElseThrow()) {
            for (int round = 1; round <= 10; round++) {
                for (int i = 1; i < PENDING; i++) {
                    queue.write(Content.buffer(i * 50_000L, 50_000, round), 0, 50_000, i * 50_000L, i, NONE);
                }
                queue.flush(0);
                queue.cancel(0);
                queue.cancel(1);
                queue.submit(0, 0);
                queue.cancel(0);
                queue.cancel(2);
                Collected done = new Collected().drain(queue);
                assertEquals(PENDING, done.size());
                assertEquals(0, done.result(0));
                assertEquals(0, done.last(), "delivered last");
            }
        }
    }

    private static long place(int number, int length) {
        return (long) number * length;
    }

    private static Collected cancelSome(ChannelQueue queue) throws StorageException {
        for (int token = 0; token < CANCELLED / 2; token++) {
            queue.cancel(token);
        }
        queue.submit(0, 0);
        for (int token = CANCELLED / 2; token < CANCELLED; token++) {
            queue.cancel(token);
            queue.cancel(token);
        }
        return new Collected().drain(queue);
    }

    /** {@return how much of what was cancelled is done for sure: all, if it was too late for that} */
    private static int transferred(Collected done, long token, int length) {
        if (!done.hasFailed(token)) {
            assertEquals(length, done.result(token));
            return length;
        }
        StorageException error = done.error(token);
        assertEquals(Kind.CANCELLED, error.kind(), error::getMessage);
        assertTrue(error.transferred() >= 0 && error.transferred() <= length, error::getMessage);
        return (int) error.transferred();
    }

    private static void assertWritten(byte[] before, byte[] after, int from, int length, int sure, int version) {
        for (int at = from; at < from + length; at++) {
            boolean written = after[at] == Content.at(at, version);
            assertTrue(
                    written || at >= from + sure && after[at] == before[at],
                    "at " + at + " is " + after[at] + ", written for sure to " + (from + sure));
        }
    }
}
