package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.ChannelQueue;
import io.pinion.strategy.PositionalChannel;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The driver's own queue, without core around it. */
interface DriverQueueContract extends Contract {
    /** How many operations it is to hold. */
    int DRIVER_DEPTH = 8;

    /** Every operation is delivered once, and leaves the buffer as it was. */
    @Test
    default void theDriversQueueDeliversEachOperationOnce() throws Exception {
        PositionalChannel channel = trial().openWithQueues(DRIVER_DEPTH * 5000L);
        try (ChannelQueue queue = channel.openQueue(DRIVER_DEPTH).orElseThrow()) {
            assertTrue(queue.depth() >= DRIVER_DEPTH, () -> "depth=" + queue.depth());
            for (int round = 1; round <= 10; round++) {
                Frame[] frames = new Frame[DRIVER_DEPTH];
                for (int i = 0; i < DRIVER_DEPTH; i++) {
                    BufferKind kind = BufferKind.values()[i % BufferKind.values().length];
                    frames[i] = Frame.of(kind, Content.bytes(i * 5000L, 5000, round));
                    queue.write(frames[i].buffer(), frames[i].buffer().position(), 5000, i * 5000L, i, NONE);
                }
                assertEquals(DRIVER_DEPTH, queue.pending());
                Collected written = new Collected().drain(queue);
                for (int i = 0; i < DRIVER_DEPTH; i++) {
                    assertEquals(5000, written.result(i));
                    frames[i].assertMoved(0, "a queued write");
                }
                assertTrue(queue.isQuiet());
                Frame back = Frame.of(BufferKind.ODD, DRIVER_DEPTH * 5000);
                queue.read(back.buffer(), back.buffer().position(), DRIVER_DEPTH * 5000, 0, 77, NONE);
                assertEquals(DRIVER_DEPTH * 5000, new Collected().drain(queue).result(77));
                back.assertMoved(0, "a queued read");
                Content.assertSame(Content.bytes(0, DRIVER_DEPTH * 5000, round), back.content(), "round " + round);
            }
        }
    }

    /** The end is where it is for synchronous reads; a flush completes with 0. */
    @Test
    default void theDriversQueueKnowsTheEnd() throws Exception {
        PositionalChannel channel = trial().openWithQueues(10_001);
        long size = channel.size();
        try (ChannelQueue queue = channel.openQueue(DRIVER_DEPTH).orElseThrow()) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(20_000);
            queue.read(buffer, 0, 5000, size - 77, 1, NONE);
            queue.read(buffer, 5000, 5000, size, 2, NONE);
            queue.flush(3);
            Collected done = new Collected().drain(queue);
            assertEquals(77, done.result(1));
            assertEquals(-1, done.result(2));
            assertEquals(0, done.result(3));
        }
    }

    /** A flush is delivered after the writes that it covers. */
    @Test
    default void theDriversFlushIsDeliveredAfterItsWrites() throws Exception {
        PositionalChannel channel = trial().openWithQueues(DRIVER_DEPTH * 50_000L);
        try (ChannelQueue queue = channel.openQueue(DRIVER_DEPTH).orElseThrow()) {
            for (int round = 1; round <= 10; round++) {
                for (int i = 1; i < DRIVER_DEPTH; i++) {
                    queue.write(Content.buffer(i * 50_000L, 50_000, round), 0, 50_000, i * 50_000L, i, NONE);
                }
                queue.flush(0);
                Collected done = new Collected().drain(queue);
                assertEquals(0, done.result(0));
                assertEquals(0, done.last(), "delivered last");
            }
        }
    }

    /** Submitting without waiting returns, and waiting for nothing does too. */
    @Test
    default void theDriversQueueDoesNotWaitForNothing() throws Exception {
        PositionalChannel channel = trial().openWithQueues(10_000);
        try (ChannelQueue queue = channel.openQueue(DRIVER_DEPTH).orElseThrow()) {
            long start = System.nanoTime();
            assertEquals(0, queue.submit(0, 0));
            assertEquals(0, queue.submit(1, Await.bound().toNanos()));
            assertEquals(0, queue.poll(new Collected()));
            assertTrue(System.nanoTime() - start < Await.bound().toNanos() / 2, "it waited with nothing pending");
        }
    }

    /** A queue whose owner ended in the midst of it is closed by another thread, and gets quiet. */
    @Test
    default void theDriversQueueGetsQuietWithoutItsOwner() throws Exception {
        PositionalChannel channel = trial().openWithQueues(100_000);
        AtomicReference<ChannelQueue> left = new AtomicReference<>();
        Crew crew = new Crew();
        crew.start("mortal-owner", () -> {
            ChannelQueue queue = channel.openQueue(DRIVER_DEPTH).orElseThrow();
            left.set(queue);
            for (int i = 0; i < DRIVER_DEPTH; i++) {
                queue.write(Content.buffer(i * 10_000L, 10_000, 1), 0, 10_000, i * 10_000L, i, NONE);
            }
            queue.submit(0, 0);
        });
        crew.join();
        left.get().close();
        Await.until("the queue to get quiet", left.get()::isQuiet);
        channel.write(Content.buffer(0, 100_000, 2), 0, NONE);
        byte[] all = new byte[100_000];
        channel.read(ByteBuffer.wrap(all), 0, NONE);
        Content.assertSame(Content.bytes(0, 100_000, 2), all, "written after the queue was quiet");
    }
}
