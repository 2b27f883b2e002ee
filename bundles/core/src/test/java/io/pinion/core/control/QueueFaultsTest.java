package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.memory.BufferLease;
import io.pinion.strategy.Capability;
import io.pinion.strategy.ChannelQueue;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Drivers, leases and closing threads that do to a queue what they should not, or when it suits least. */
@Timeout(60)
class QueueFaultsTest {
    private static final long SECONDS = TimeUnit.SECONDS.toNanos(5);

    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> lines = new ArrayList<>();
    private final CompletionSink notes = new CompletionSink() {
        @Override
        public void completed(long token, int transferred) {
            lines.add(token + "=" + transferred);
        }

        @Override
        public void failed(long token, StorageException error) {
            lines.add(token + ":" + error.kind());
        }
    };

    @AfterEach
    void close() {
        threads.shutdownNow();
        stage.close();
    }

    private Volume openWithQueues() throws StorageException {
        stage.a.capabilities = Set.of(Capability.NATIVE_QUEUE);
        return stage.open("drain.timeout", "500ms");
    }

    private static void write(IoQueue queue, long token, TransferFlags flags) throws StorageException {
        queue.write(ByteBuffer.allocate(8), 0, 8, token * 8, token, flags);
    }

    /** A driver's queue that behaves, for tests to have it not. */
    private static class Wrapped implements ChannelQueue {
        private final ChannelQueue queue;

        Wrapped(ChannelQueue queue) {
            this.queue = queue;
        }

        @Override
        public int depth() {
            return queue.depth();
        }

        @Override
        public void read(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
            queue.read(buffer, index, length, position, token, flags);
        }

        @Override
        public void write(ByteBuffer buffer, int index, int length, long position, long token, TransferFlags flags) {
            queue.write(buffer, index, length, position, token, flags);
        }

        @Override
        public void flush(long token) {
            queue.flush(token);
        }

        @Override
        public int submit(int minimum, long timeoutNanos) throws StorageException {
            return queue.submit(minimum, timeoutNanos);
        }

        @Override
        public int poll(CompletionSink sink) throws StorageException {
            return queue.poll(sink);
        }

        @Override
        public int pending() {
            return queue.pending();
        }

        @Override
        public boolean isQuiet() {
            return true;
        }

        @Override
        public void close() {
            queue.close();
        }
    }

    /** A lease that counts who holds it. */
    private static class Lease implements BufferLease {
        final AtomicInteger holds = new AtomicInteger();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(64);

        @Override
        public ByteBuffer buffer() {
            return buffer;
        }

        @Override
        public void hold() {
            holds.incrementAndGet();
        }

        @Override
        public void release() {
            holds.decrementAndGet();
        }

        @Override
        public void close() {}
    }

    @Test
    void anErrorOfTheDriverCompletesTheOperation() throws Exception {
        Volume volume = stage.open();
        stage.a.onTransfer = () -> {
            throw new AssertionError("a defect");
        };
        try (IoQueue queue = volume.openQueue(1)) {
            write(queue, 1, TransferFlags.NONE);
            assertEquals(1, queue.submit(1, SECONDS));
            queue.poll(notes);
        }
        assertEquals(List.of("1:STRATEGY_FAULT"), lines);
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
        stage.a.queues = queue -> new Wrapped(queue) {
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
        Volume volume = openWithQueues();
        try (IoQueue queue = volume.openQueue(2)) {
            write(queue, 1, TransferFlags.NONE);
            assertEquals(1, queue.submit(1, SECONDS));
            assertEquals(1, queue.poll(notes));
            assertEquals(0, queue.pending());
            assertEquals(Outcome.PUBLISHED, stage.pinion.admin().swap("v", "b").outcome());
        }
        assertEquals(List.of("1:STRATEGY_FAULT"), lines);
        assertEquals(1, stage.statistics().failures());
        assertEquals(0, stage.statistics().inFlight());
    }

    @Test
    void aSecondCompletionIsNotTakenForAnotherOperations() throws Exception {
        stage.a.queues = queue -> new Wrapped(queue) {
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
        Volume volume = openWithQueues();
        try (IoQueue queue = volume.openQueue(1)) {
            write(queue, 1, TransferFlags.NONE);
            queue.submit(1, SECONDS);
            queue.poll(notes);
            FakeQueueControl.hold(true);
            write(queue, 2, TransferFlags.NONE);
            queue.submit(0, 0);
            assertEquals(0, queue.poll(notes), "the second write has not run");
            FakeQueueControl.hold(false);
            queue.submit(1, SECONDS);
            queue.poll(notes);
        } finally {
            FakeQueueControl.hold(false);
        }
        assertEquals(List.of("1=8", "2=8"), lines);
    }

    @Test
    void aFlushThatWasToFollowABrokenQueuesWriteIsForgotten() throws Exception {
        AtomicInteger flushes = new AtomicInteger();
        AtomicInteger queues = new AtomicInteger();
        stage.a.queues = queue -> {
            boolean breaks = queues.incrementAndGet() == 1;
            return new Wrapped(queue) {
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
        Volume volume = openWithQueues();
        try (IoQueue queue = volume.openQueue(1)) {
            write(queue, 1, TransferFlags.DURABLE);
            queue.submit(1, SECONDS);
            queue.poll(notes);
            write(queue, 2, TransferFlags.NONE);
            queue.submit(1, SECONDS);
            queue.poll(notes);
        }
        assertEquals(List.of("1:IO_ERROR", "2=8"), lines);
        assertEquals(0, flushes.get());
    }

    @Test
    void aBrokenQueueLetsGoOfItsLeasesWhenItIsQuiet() throws Exception {
        stage.a.queues = queue -> new Wrapped(queue) {
            @Override
            public int poll(CompletionSink sink) throws StorageException {
                throw FakeStrategy.failure(Kind.IO_ERROR, "the ring is broken");
            }
        };
        Volume volume = openWithQueues();
        Lease lease = new Lease();
        try (IoQueue queue = volume.openQueue(1)) {
            queue.write(lease, 0, 8, 0, 1, TransferFlags.NONE);
            queue.submit(1, SECONDS);
            queue.poll(notes);
            queue.poll(notes);
            assertEquals(0, lease.holds.get());
            assertEquals(0, stage.statistics().inFlight());
        }
        assertEquals(List.of("1:IO_ERROR"), lines);
    }

    @Test
    void aLeaseThatIsClosedIsRefusedAndNothingIsPrepared() throws Exception {
        Volume volume = stage.open();
        Lease lease = new Lease() {
            @Override
            public void hold() {
                throw new IllegalStateException("the lease is closed");
            }
        };
        try (IoQueue queue = volume.openQueue(1)) {
            assertThrows(IllegalStateException.class, () -> queue.write(lease, 0, 8, 0, 1, TransferFlags.NONE));
            assertEquals(0, queue.pending());
        }
        Lease open = new Lease();
        try (IoQueue queue = volume.openQueue(1)) {
            assertThrows(StorageException.class, () -> queue.write(open, 0, 8, -1, 1, TransferFlags.NONE));
            assertEquals(0, open.holds.get());
        }
    }

    @Test
    void aQueueThatIsClosedWhileItsOwnerPreparesLetsGoOfTheLease() throws Exception {
        Volume volume = stage.open();
        IoQueue[] queue = {volume.openQueue(1)};
        Lease lease = new Lease() {
            @Override
            public void hold() {
                super.hold();
                try {
                    threads.submit(() -> queue[0].close()).get();
                } catch (InterruptedException | ExecutionException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        try {
            queue[0].write(lease, 0, 8, 0, 1, TransferFlags.NONE);
        } catch (StorageException e) {
            assertEquals(Kind.CLOSED, e.kind());
        }
        Stage.await("the lease is let go", () -> lease.holds.get() == 0);
    }

    @Test
    void anOwnerThatLearnsThatItsRingIsClosedGivesItBack() throws Exception {
        AtomicInteger open = new AtomicInteger();
        CountDownLatch inSubmit = new CountDownLatch(1);
        CountDownLatch isClosed = new CountDownLatch(1);
        stage.a.ownerBoundQueue = true;
        stage.a.queues = queue -> {
            open.incrementAndGet();
            return new Wrapped(queue) {
                @Override
                public boolean isOwnerBound() {
                    return true;
                }

                @Override
                public int submit(int minimum, long timeoutNanos) throws StorageException {
                    inSubmit.countDown();
                    FakeStrategy.waitingFor(isClosed).run();
                    return super.submit(minimum, timeoutNanos);
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                    super.close();
                }
            };
        };
        Volume volume = openWithQueues();
        IoQueue queue = volume.openQueue(1);
        write(queue, 1, TransferFlags.NONE);
        threads.submit(() -> {
            inSubmit.await();
            queue.close();
            isClosed.countDown();
            return null;
        });
        StorageException e = assertThrows(StorageException.class, () -> queue.submit(1, SECONDS));
        assertEquals(Kind.CLOSED, e.kind());
        assertEquals(0, open.get());
    }

    @Test
    void aFlushThatFailsAfterItsQueueWasClosedIsTheVolumesAllTheSame() throws Exception {
        Volume volume = stage.open();
        CountDownLatch inFlush = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        stage.a.onFlush = () -> {
            inFlush.countDown();
            FakeStrategy.waitingFor(fail).run();
            throw FakeStrategy.failure(Kind.IO_ERROR, "write-back failed");
        };
        IoQueue queue = volume.openQueue(1);
        queue.flush(1);
        queue.submit(0, 0);
        inFlush.await();
        queue.close();
        fail.countDown();
        Stage.await("the volume is failed", () -> stage.status().state() == VolumeState.FAILED);
    }

    @Test
    void whatWasSubmittedGoesOnWhenTheQueueIsClosed() throws Exception {
        Volume volume = stage.open();
        CountDownLatch slow = new CountDownLatch(1);
        stage.a.onTransfer = FakeStrategy.waitingFor(slow);
        AtomicInteger flushes = new AtomicInteger();
        stage.a.onFlush = flushes::incrementAndGet;
        int many = 32;
        IoQueue queue = volume.openQueue(many + 1);
        for (int i = 0; i < many; i++) {
            write(queue, i, TransferFlags.NONE);
        }
        queue.flush(many);
        queue.submit(0, 0);
        Stage.await("some are in the driver", () -> stage.a.transfers.get() > 0);
        queue.close();
        assertTrue(stage.statistics().inFlight() > 0);
        slow.countDown();
        Stage.await("all have run", () -> stage.a.transfers.get() == many && flushes.get() == 1);
        Stage.await("nothing is in flight", () -> stage.statistics().inFlight() == 0);
    }
}
