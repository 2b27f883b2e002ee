package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Capability;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueueTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        stage.close();
    }

    private Volume openWithRings() throws StorageException {
        for (FakeStrategy strategy : List.of(stage.a, stage.b)) {
            strategy.capabilities = Set.of(Capability.ZERO_COPY, Capability.NATIVE_QUEUE);
            strategy.ownerBoundQueue = true;
        }
        return stage.open("drain.timeout", "300ms");
    }

    private static void write(IoQueue queue, long token) throws StorageException {
        queue.write(ByteBuffer.allocate(16), 4, 8, token * 8, token, TransferFlags.NONE);
    }

    @Test
    void onThreadsEachOperationCompletesOnce() throws Exception {
        Volume volume = stage.open();
        Notes notes = new Notes();
        try (IoQueue queue = volume.openQueue(8)) {
            for (int round = 0; round < 50; round++) {
                for (int i = 0; i < 7; i++) {
                    write(queue, i);
                }
                queue.flush(7);
                assertEquals(
                        Kind.QUEUE_FULL,
                        assertThrows(StorageException.class, () -> queue.flush(8))
                                .kind());
                assertEquals(8, queue.submit(8, 10 * SECOND));
                assertEquals(8, queue.poll(notes));
                assertEquals(0, queue.pending());
                if (round % 10 == 0) {
                    assertTrue(stage.pinion
                            .admin()
                            .swap("v", round % 20 == 0 ? "b" : "a")
                            .isServing());
                }
            }
        }
        assertEquals(400, notes.lines.size());
        assertEquals(50, notes.lines.stream().filter("3=8"::equals).count());
        assertEquals(350, stage.pinion.admin().statistics("v").writes());
    }

    @Test
    void aQueueBelongsToItsThread() throws Exception {
        Volume volume = stage.open();
        IoQueue queue = threads.submit(() -> volume.openQueue(1)).get();
        assertEquals(
                Kind.WRONG_THREAD,
                assertThrows(StorageException.class, () -> queue.submit(0, 0)).kind());
        queue.close();
    }

    @Test
    void aFlushCoversTheWritesPreparedBeforeIt() throws Exception {
        Volume volume = stage.open();
        CountDownLatch slow = new CountDownLatch(1);
        stage.a.onTransfer = FakeStrategy.waitingFor(slow);
        int[] transfersAtFlush = {-1};
        CountDownLatch flushed = new CountDownLatch(1);
        stage.a.onFlush = () -> {
            transfersAtFlush[0] = stage.a.transfers.get();
            flushed.countDown();
        };
        Notes notes = new Notes();
        try (IoQueue queue = volume.openQueue(4)) {
            write(queue, 1);
            queue.flush(2);
            queue.submit(0, 0);
            Stage.await("the write is in the driver", () -> stage.a.transfers.get() == 1);
            assertEquals(1, flushed.getCount());
            slow.countDown();
            queue.submit(2, 10 * SECOND);
            queue.poll(notes);
        }
        assertEquals(List.of("1=8", "2=0"), notes.lines);
        assertEquals(1, transfersAtFlush[0]);
    }

    @Test
    void anIdleOwnerOfARingMakesTheSwapFailAndIsNamed() throws Exception {
        Volume volume = openWithRings();
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch submitted = new CountDownLatch(1);
        Notes notes = new Notes();
        Future<Integer> owner = threads.submit(() -> {
            Thread.currentThread().setName("the-idle-owner");
            IoQueue queue = volume.openQueue(4);
            queue.submit(0, 0);
            write(queue, 1);
            holdInRing(queue);
            submitted.countDown();
            done.await();
            queue.submit(1, SECOND);
            int delivered = queue.poll(notes);
            queue.close();
            return delivered;
        });
        submitted.await();
        SwapReport report = stage.pinion.admin().swap("v", "b");
        assertEquals(Outcome.ROLLED_BACK, report.outcome());
        assertTrue(report.detail().contains("the-idle-owner has 1 operations in flight"), report.detail());
        done.countDown();
        assertEquals(1, owner.get(15, TimeUnit.SECONDS));
        assertEquals(Outcome.PUBLISHED, stage.pinion.admin().swap("v", "b").outcome());
    }

    /** Submits so that the operation is in the driver and, as with a ring, not completed: the fake completes on poll. */
    private void holdInRing(IoQueue queue) throws StorageException {
        FakeQueueControl.hold(true);
        try {
            queue.submit(0, 0);
        } finally {
            FakeQueueControl.hold(false);
        }
    }

    @Test
    void whatIsSubmittedWhileAnotherIsAtTheQueueIsHandedOverByTheNextCall() throws Exception {
        Thread owner = Thread.currentThread();
        CountDownLatch atTheQueue = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        stage.a.queues = queue -> new WrappedQueue(queue) {
            @Override
            public int submit(int minimum, long timeoutNanos) throws StorageException {
                if (Thread.currentThread() != owner) {
                    atTheQueue.countDown();
                    FakeStrategy.waitingFor(leave).run();
                }
                return super.submit(minimum, timeoutNanos);
            }
        };
        stage.a.capabilities = Set.of(Capability.ZERO_COPY, Capability.NATIVE_QUEUE);
        Volume volume = stage.open("drain.timeout", "20s");
        Notes notes = new Notes();
        try (IoQueue queue = volume.openQueue(4)) {
            write(queue, 1);
            holdInRing(queue);
            Future<SwapReport> swap = threads.submit(() -> stage.pinion.admin().swap("v", "b"));
            atTheQueue.await();
            write(queue, 2);
            assertEquals(0, queue.submit(0, 0));
            leave.countDown();
            assertEquals(Outcome.PUBLISHED, swap.get(20, TimeUnit.SECONDS).outcome());
            for (long since = System.nanoTime(); notes.lines.size() < 2; queue.poll(notes)) {
                assertTrue(System.nanoTime() - since < 20 * SECOND, notes.lines::toString);
            }
        }
        assertEquals(List.of("1=8", "2=8"), notes.lines);
    }

    @Test
    void anOwnerThatAsksForTheSwapDrainsItsOwnRingFirst() throws Exception {
        Volume volume = openWithRings();
        Notes notes = new Notes();
        try (IoQueue queue = volume.openQueue(4)) {
            write(queue, 1);
            holdInRing(queue);
            assertEquals(Outcome.PUBLISHED, stage.pinion.admin().swap("v", "b").outcome());
            assertEquals(1, queue.poll(notes));
            write(queue, 2);
            queue.submit(1, SECOND);
            queue.poll(notes);
        }
        assertEquals(List.of("1=8", "2=8"), notes.lines);
    }

    @Test
    void anOwnerThatParksInASynchronousCallDrainsItsRingFirst() throws Exception {
        Volume volume = openWithRings();
        Notes notes = new Notes();
        CountDownLatch gateClosed = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        Future<Integer> owner = threads.submit(() -> {
            try (IoQueue queue = volume.openQueue(4)) {
                write(queue, 1);
                holdInRing(queue);
                held.countDown();
                gateClosed.await();
                volume.read(ByteBuffer.allocate(1), 0);
                return queue.poll(notes);
            }
        });
        held.await();
        Future<SwapReport> swap = threads.submit(() -> stage.pinion.admin().swap("v", "b"));
        Stage.await("the swap is under way", () -> !stage.status().state().equals(io.pinion.volume.VolumeState.OPEN));
        gateClosed.countDown();
        assertEquals(Outcome.PUBLISHED, swap.get(15, TimeUnit.SECONDS).outcome());
        assertEquals(1, owner.get(15, TimeUnit.SECONDS));
    }

    @Test
    void anOwnerThatDiesWithOperationsInFlightDoesNotStopASwap() throws Exception {
        Volume volume = openWithRings();
        Thread owner = new Thread(() -> {
            try {
                IoQueue queue = volume.openQueue(4);
                write(queue, 1);
                holdInRing(queue);
            } catch (StorageException e) {
                throw new IllegalStateException(e);
            }
        });
        owner.start();
        owner.join();
        assertEquals(Outcome.PUBLISHED, stage.pinion.admin().swap("v", "b").outcome());
        assertEquals(0, stage.pinion.admin().statistics("v").inFlight());
    }

    @Test
    void whatIsSubmittedWhileNobodyServesGoesToWhoeverComes() throws Exception {
        Volume volume = stage.open("strategy", "a");
        Notes notes = new Notes();
        try (IoQueue queue = volume.openQueue(2)) {
            stage.registrationOfA.close();
            write(queue, 5);
            assertEquals(0, queue.submit(0, 0));
            stage.registrationOfA = stage.add("a", stage.a);
            assertEquals(1, queue.submit(1, 10 * SECOND));
            queue.poll(notes);
        }
        assertEquals(List.of("5=8"), notes.lines);
    }

    @Test
    void whatIsSubmittedToAFailedVolumeFails() throws Exception {
        Volume volume = stage.open();
        Notes notes = new Notes();
        try (IoQueue queue = volume.openQueue(2)) {
            stage.a.onFlush = () -> {
                throw FakeStrategy.failure(Kind.IO_ERROR, "gone");
            };
            queue.flush(1);
            queue.submit(1, 10 * SECOND);
            queue.poll(notes);
            write(queue, 2);
            queue.submit(1, 10 * SECOND);
            queue.poll(notes);
        }
        assertEquals(List.of("1:FLUSH_FAILED", "2:FLUSH_FAILED"), notes.lines);
    }
}
