package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.strategy.Capability;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Drivers that do to a queue what they should not. */
@Timeout(60)
class QueueFaultsTest {
    private static final long SECONDS = TimeUnit.SECONDS.toNanos(5);

    private final Stage stage = new Stage();
    private final Notes notes = new Notes();

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void anErrorOfTheDriverCompletesTheOperation() throws Exception {
        Volume volume = stage.open();
        stage.a.onTransfer = () -> {
            throw new AssertionError("a defect");
        };
        try (IoQueue queue = volume.openQueue(1)) {
            Stage.write(queue, 1, TransferFlags.NONE);
            assertEquals(1, queue.submit(1, SECONDS));
            queue.poll(notes);
        }
        assertEquals(List.of("1:STRATEGY_FAULT"), notes.lines);
        assertEquals(Outcome.PUBLISHED, stage.pinion.admin().swap("v", "b").outcome());
    }

    @Test
    void anErrorOfTheDriverCompletesTheStage() throws Exception {
        Volume volume = stage.open();
        stage.a.onTransfer = () -> {
            throw new AssertionError("a defect");
        };
        Future<Integer> reading = volume.readAsync(ByteBuffer.allocate(1), 0).toCompletableFuture();
        assertThrows(ExecutionException.class, () -> reading.get(5, TimeUnit.SECONDS));
    }

    @Test
    void aDriversQueueThatThrowsWhenItIsGivenAnOperationFailsIt() throws Exception {
        stage.a.queues = queue -> new WrappedQueue(queue) {
            @Override
            public void write(
                    ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
                throw new IllegalStateException("a defect");
            }

            @Override
            public void close() {
                throw new IllegalStateException("another defect");
            }
        };
        Volume volume = stage.openWithQueues();
        try (IoQueue queue = volume.openQueue(2)) {
            Stage.write(queue, 1, TransferFlags.NONE);
            assertEquals(1, queue.submit(1, SECONDS));
            assertEquals(1, queue.poll(notes));
            assertEquals(0, queue.pending());
            assertEquals(Outcome.PUBLISHED, stage.pinion.admin().swap("v", "b").outcome());
        }
        assertEquals(List.of("1:STRATEGY_FAULT"), notes.lines);
        assertEquals(1, stage.statistics().failures());
        assertEquals(0, stage.statistics().inFlight());
    }

    @Test
    void aSecondCompletionIsNotTakenForAnotherOperations() throws Exception {
        stage.a.queues = queue -> new WrappedQueue(queue) {
            private final List<Long> earlier = new ArrayList<>();

            @Override
            public int poll(CompletionSink sink) throws StorageException {
                if (pending() > 0) {
                    earlier.forEach(token -> sink.completed(token, 8));
                    earlier.clear();
                }
                return super.poll(new CompletionSink() {
                    @Override
                    public void completed(long token, int transferred) {
                        earlier.add(token);
                        sink.completed(token, transferred);
                    }

                    @Override
                    public void failed(long token, StorageException error) {
                        sink.failed(token, error);
                    }
                });
            }
        };
        Volume volume = stage.openWithQueues();
        try (IoQueue queue = volume.openQueue(1)) {
            Stage.write(queue, 1, TransferFlags.NONE);
            queue.submit(1, SECONDS);
            queue.poll(notes);
            FakeQueueControl.hold(true);
            Stage.write(queue, 2, TransferFlags.NONE);
            queue.submit(0, 0);
            assertEquals(0, queue.poll(notes), "the second write has not run");
            FakeQueueControl.hold(false);
            queue.submit(1, SECONDS);
            queue.poll(notes);
        } finally {
            FakeQueueControl.hold(false);
        }
        assertEquals(List.of("1=8", "2=8"), notes.lines);
    }

    @Test
    void aFlushThatWasToFollowABrokenQueuesWriteIsForgotten() throws Exception {
        AtomicInteger flushes = new AtomicInteger();
        AtomicInteger queues = new AtomicInteger();
        stage.a.queues = queue -> {
            boolean breaks = queues.incrementAndGet() == 1;
            return new WrappedQueue(queue) {
                @Override
                public void flush(long token) {
                    flushes.incrementAndGet();
                    super.flush(token);
                }

                @Override
                public int poll(CompletionSink sink) throws StorageException {
                    int delivered = super.poll(sink);
                    if (breaks && delivered > 0) {
                        throw FakeStrategy.failure(Kind.IO_ERROR, "the ring is broken");
                    }
                    return delivered;
                }
            };
        };
        Volume volume = stage.openWithQueues();
        try (IoQueue queue = volume.openQueue(1)) {
            Stage.write(queue, 1, TransferFlags.DURABLE);
            queue.submit(1, SECONDS);
            queue.poll(notes);
            Stage.write(queue, 2, TransferFlags.NONE);
            queue.submit(1, SECONDS);
            queue.poll(notes);
        }
        assertEquals(List.of("1:IO_ERROR", "2=8"), notes.lines);
        assertEquals(0, flushes.get());
    }

    /** The kernel tells one flush of a failed write-back, and the others that all is well. */
    @Test
    void noFlushBehindOneThatFailedIsBelieved() throws Exception {
        stage.a.capabilities = Set.of(Capability.NATIVE_QUEUE);
        stage.a.queues = queue -> new WrappedQueue(queue) {
            @Override
            public int poll(CompletionSink sink) throws StorageException {
                return super.poll(new CompletionSink() {
                    private boolean told;

                    @Override
                    public void completed(long token, int transferred) {
                        if (told) {
                            sink.completed(token, transferred);
                        } else {
                            told = true;
                            sink.failed(token, FakeStrategy.failure(Kind.IO_ERROR, "write-back failed"));
                        }
                    }

                    @Override
                    public void failed(long token, StorageException error) {
                        sink.failed(token, error);
                    }
                });
            }
        };
        Volume volume = stage.open();
        try (IoQueue queue = volume.openQueue(2)) {
            queue.flush(1);
            queue.flush(2);
            queue.submit(2, SECONDS);
            assertEquals(2, queue.poll(notes));
        }
        assertEquals(List.of("1:FLUSH_FAILED", "2:FLUSH_FAILED"), notes.lines);
        assertEquals(VolumeState.FAILED, stage.status().state());
    }
}
