package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was asked to end soon: it completes once, whether it could be stopped or not. */
@Timeout(60)
class QueueCancelTest {
    private static final long SECONDS = TimeUnit.SECONDS.toNanos(20);
    private static final int THREADS = 8;

    private final Stage stage = new Stage();
    private final Notes notes = new Notes();
    private final CountDownLatch stuck = new CountDownLatch(1);

    @AfterEach
    void close() {
        stuck.countDown();
        stage.close();
    }

    @Test
    void whatIsNotSubmittedNeverReachesTheDriver() throws Exception {
        IoQueue queue = stage.open().openQueue(2);
        Stage.write(queue, 1, TransferFlags.NONE);
        assertEquals(1, queue.cancel(1));
        assertEquals(0, queue.cancel(2));
        assertEquals(1, queue.submit(1, SECONDS));
        assertEquals(0, queue.cancel(1), "it has its result");
        queue.poll(notes);
        assertEquals(List.of("1:CANCELLED"), notes.lines);
        assertEquals(0, stage.a.transfers.get());
        assertEquals(0, stage.statistics().failures());
    }

    @Test
    void besideOperationsThatHangThoseThatWaitAreCancelledAndTheRestGoesOn() throws Exception {
        IoQueue queue = stage.open().openQueue(THREADS + 2);
        stage.a.onTransfer = FakeStrategy.waitingFor(stuck);
        for (int token = 0; token < THREADS + 2; token++) {
            Stage.write(queue, token, TransferFlags.NONE);
        }
        queue.submit(0, 0);
        Stage.await("as many hang as there are threads", () -> stage.a.transfers.get() == THREADS);
        List<Integer> found = new ArrayList<>();
        for (int token = 0; token < THREADS + 2; token++) {
            found.add(queue.cancel(token));
        }
        assertEquals(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1, 1), found);
        assertEquals(2, queue.submit(2, SECONDS));
        queue.poll(notes);
        assertEquals(
                2,
                notes.lines.stream().filter(line -> line.endsWith(":CANCELLED")).count(),
                notes.lines::toString);
        stuck.countDown();
        while (queue.pending() > 0) {
            queue.submit(queue.pending(), SECONDS);
            queue.poll(notes);
        }
        assertEquals(
                THREADS,
                notes.lines.stream().filter(line -> line.endsWith("=8")).count(),
                notes.lines::toString);
        assertEquals(0, stage.statistics().failures());
    }

    @Test
    void aFlushIsNotCancelled() throws Exception {
        IoQueue queue = stage.open().openQueue(2);
        queue.flush(1);
        assertEquals(0, queue.cancel(1));
        queue.submit(1, SECONDS);
        queue.poll(notes);
        assertEquals(List.of("1=0"), notes.lines);
    }

    @Test
    void atAClosedGateWhatWaitsIsCancelledWhenTheGateOpens() throws Exception {
        IoQueue queue = stage.openWithQueues().openQueue(2);
        Stage.write(queue, 1, TransferFlags.NONE);
        CountDownLatch inBegin = new CountDownLatch(1);
        stage.b.onBegin = () -> {
            inBegin.countDown();
            FakeStrategy.waitingFor(stuck).run();
        };
        Thread swap = new Thread(() -> {
            try {
                stage.pinion.admin().swap("v", "b");
            } catch (StorageException e) {
                notes.lines.add(e.getMessage());
            }
        });
        swap.start();
        inBegin.await();
        queue.submit(0, 0);
        assertEquals(1, queue.cancel(1));
        stuck.countDown();
        swap.join();
        queue.submit(1, SECONDS);
        queue.poll(notes);
        assertEquals(List.of("1:CANCELLED"), notes.lines);
        assertEquals(0, stage.a.transfers.get() + stage.b.transfers.get());
    }

    @Test
    void onlyTheOwnerMayAndOnlyOfAnOpenQueue() throws Exception {
        IoQueue queue = stage.open().openQueue(1);
        List<Kind> kinds = new ArrayList<>();
        Thread other = new Thread(() -> kinds.add(
                assertThrows(StorageException.class, () -> queue.cancel(1)).kind()));
        other.start();
        other.join();
        queue.close();
        kinds.add(assertThrows(StorageException.class, () -> queue.cancel(1)).kind());
        assertEquals(List.of(Kind.WRONG_THREAD, Kind.CLOSED), kinds);
    }
}
