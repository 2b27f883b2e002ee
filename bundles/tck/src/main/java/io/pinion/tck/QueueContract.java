package io.pinion.tck;

import static io.pinion.tck.Trial.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** The queue of a volume on this strategy: the driver's own, or the one that core builds on threads. */
interface QueueContract extends Contract {
    /** How many operations a queue holds in these tests. */
    int DEPTH = 16;

    /** Every operation completes once, and is done. */
    @Test
    default void everyQueuedOperationCompletesOnce() throws Exception {
        Volume volume = trial().volume(DEPTH * 5000L).volume();
        try (IoQueue queue = volume.openQueue(DEPTH)) {
            for (int round = 1; round <= 10; round++) {
                Frame[] frames = new Frame[DEPTH];
                for (int i = 0; i < DEPTH; i++) {
                    BufferKind kind = BufferKind.values()[(i + round) % BufferKind.values().length];
                    frames[i] = Frame.of(kind, Content.bytes(i * 5000L, 5000, round));
                    ByteBuffer buffer = frames[i].buffer();
                    queue.write(buffer, buffer.position(), 5000, i * 5000L, 100 + i, NONE);
                }
                Collected written = new Collected().drain(queue);
                Frame[] back = new Frame[DEPTH];
                for (int i = 0; i < DEPTH; i++) {
                    assertEquals(5000, written.result(100 + i));
                    frames[i].assertMoved(0, "a queued write");
                    back[i] = Frame.of(BufferKind.values()[i % BufferKind.values().length], 5000);
                    ByteBuffer buffer = back[i].buffer();
                    queue.read(buffer, buffer.position(), 5000, i * 5000L, i, NONE);
                }
                Collected read = new Collected().drain(queue);
                for (int i = 0; i < DEPTH; i++) {
                    assertEquals(5000, read.result(i));
                    back[i].assertMoved(0, "a queued read");
                    Content.assertSame(Content.bytes(i * 5000L, 5000, round), back[i].content(), "round " + round);
                }
            }
        }
    }

    /** What is cancelled completes once: as cancelled, or as if nothing had been asked. Its neighbours are done. */
    @Test
    default void whatIsCancelledCompletesOnce() throws Exception {
        Volume volume = trial().volume(DEPTH * 5000L).volume();
        try (IoQueue queue = volume.openQueue(DEPTH)) {
            for (int round = 1; round <= 10; round++) {
                for (int i = 0; i < DEPTH; i++) {
                    queue.write(Content.buffer(i * 5000L, 5000, round), 0, 5000, i * 5000L, i, NONE);
                }
                queue.submit(0, 0);
                for (int i = 0; i < DEPTH; i += 2) {
                    queue.cancel(i);
                }
                Collected done = new Collected().drain(queue);
                assertEquals(DEPTH, done.size());
                for (int i = 0; i < DEPTH; i++) {
                    if (!done.hasFailed(i)) {
                        assertEquals(5000, done.result(i));
                    } else {
                        assertEquals(Kind.CANCELLED, done.error(i).kind());
                    }
                }
            }
        }
    }

    /** Reads at, across and past the end are told as such. */
    @Test
    default void queuedReadsEndAtTheEnd() throws Exception {
        Volume volume = trial().volume(10_001).volume();
        long size = volume.size();
        try (IoQueue queue = volume.openQueue(DEPTH)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(4 * 4096);
            queue.read(buffer, 0, 4096, size - 100, 1, NONE);
            queue.read(buffer, 4096, 4096, size, 2, NONE);
            queue.read(buffer, 8192, 4096, size + 70_000, 3, NONE);
            queue.read(buffer, 12_288, 0, 0, 4, NONE);
            Collected done = new Collected().drain(queue);
            assertEquals(100, done.result(1));
            assertEquals(-1, done.result(2));
            assertEquals(-1, done.result(3));
            assertEquals(0, done.result(4));
        }
    }

    /** A flush goes with the writes before it. */
    @Test
    default void aQueuedFlushCompletesAfterItsWrites() throws Exception {
        Volume volume = trial().volume(100_000).volume();
        try (IoQueue queue = volume.openQueue(DEPTH)) {
            ByteBuffer content = Content.buffer(0, 100_000, 1);
            for (int i = 0; i < 10; i++) {
                queue.write(content, i * 10_000, 10_000, i * 10_000L, i, NONE);
            }
            queue.flush(10);
            Collected done = new Collected().drain(queue);
            assertEquals(0, done.result(10));
            assertEquals(11, done.size());
        }
        byte[] all = new byte[100_000];
        volume.read(ByteBuffer.wrap(all), 0);
        Content.assertSame(Content.bytes(0, 100_000, 1), all, "after the flush");
    }

    /** A queue that is full says so and goes on. */
    @Test
    default void aFullQueueRefusesMore() throws Exception {
        Volume volume = trial().volume(10_000).volume();
        try (IoQueue queue = volume.openQueue(2)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(100);
            queue.read(buffer, 0, 10, 0, 1, NONE);
            queue.read(buffer, 10, 10, 0, 2, NONE);
            StorageException e = assertThrows(StorageException.class, () -> queue.read(buffer, 20, 10, 0, 3, NONE));
            assertEquals(Kind.QUEUE_FULL, e.kind());
            assertEquals(2, new Collected().drain(queue).size());
            queue.read(buffer, 20, 10, 0, 3, NONE);
            assertEquals(10, new Collected().drain(queue).result(3));
        }
    }

    /** A failure is a completion that tells everything, and harms no other operation. */
    @Test
    default void aQueuedFailureTellsEverything() throws Exception {
        FaultyStrategy faulty = FaultyStrategy.around(trial().strategy());
        Target target = trial().unclaimed(100_000);
        Volume volume = trial().volume(target, faulty).volume();
        try (IoQueue queue = volume.openQueue(DEPTH)) {
            faulty.inject(Call.WRITE, Fault.failsAfterBytes(700, Kind.NO_SPACE).times(1));
            ByteBuffer buffer = Content.buffer(0, 5000, 1);
            queue.write(buffer, 0, 5000, 30_000, 1, NONE);
            StorageException e = new Collected().drain(queue).error(1);
            assertEquals(Kind.NO_SPACE, e.kind());
            assertEquals(30_000, e.offset());
            assertEquals(5000, e.length());
            assertEquals(700, e.transferred());
            assertEquals(target.toString(), e.target());
            assertEquals(trial().under().name(), e.strategy());
            queue.write(buffer, 0, 5000, 30_000, 2, NONE);
            assertEquals(5000, new Collected().drain(queue).result(2));
        }
    }

    /** A queue is its owner's, and nobody's once it is closed. */
    @Test
    default void aQueueIsItsOwnersUntilItIsClosed() throws Exception {
        Volume volume = trial().volume(10_000).volume();
        IoQueue queue = volume.openQueue(2);
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        Crew crew = new Crew();
        crew.start("stranger", () -> {
            assertKind(Kind.WRONG_THREAD, () -> queue.read(buffer, 0, 10, 0, 1, NONE));
            assertKind(Kind.WRONG_THREAD, () -> queue.submit(0, 0));
            assertKind(Kind.WRONG_THREAD, () -> queue.poll(new Collected()));
        });
        crew.join();
        queue.close();
        queue.close();
        assertKind(Kind.CLOSED, () -> queue.read(buffer, 0, 10, 0, 1, NONE));
        assertKind(Kind.CLOSED, () -> queue.submit(0, 0));
    }

    private static void assertKind(Kind kind, Crew.Task call) {
        assertEquals(kind, assertThrows(StorageException.class, call::run).kind());
    }
}
