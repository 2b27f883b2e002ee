package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.SwapReport;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends is flushed, closed and given back, and nobody waits for it in vain. */
@Timeout(60)
class ClosingTest {
    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch hang = new CountDownLatch(1);

    @AfterEach
    void close() {
        hang.countDown();
        threads.shutdownNow();
        stage.close();
    }

    private static Kind kindOf(Future<?> failing) {
        ExecutionException e = assertThrows(ExecutionException.class, () -> failing.get(15, TimeUnit.SECONDS));
        return ((StorageException) e.getCause()).kind();
    }

    @Test
    void commandsToWhatIsClosedFailAtOnce() throws Exception {
        stage.open();
        stage.pinion.close();
        assertEquals(
                Kind.CLOSED, kindOf(threads.submit(() -> stage.pinion.admin().swap("v", "b"))));
        assertEquals(Kind.CLOSED, kindOf(threads.submit(() -> {
            stage.pinion.admin().reopen("v", false);
            return null;
        })));
    }

    @Test
    void aConfigurationThatComesAfterTheEndMakesNoVolume() throws Exception {
        stage.open();
        stage.pinion.close();
        Map<String, String> late = Map.of("target", "fake:late", "strategy", "a");
        StorageException e = assertThrows(StorageException.class, () -> stage.pinion.configure("late", late));
        assertEquals(Kind.CLOSED, e.kind());
        assertTrue(stage.pinion.admin().volume("late").isEmpty());
    }

    @Test
    void aCommandThatComesWhileTheVolumeEndsFailsToo() throws Exception {
        stage.open();
        CountDownLatch inFlush = new CountDownLatch(1);
        stage.a.onFlush = () -> {
            inFlush.countDown();
            FakeStrategy.waitingFor(hang).run();
        };
        Future<?> closing = threads.submit(stage.pinion::close);
        inFlush.await();
        Future<?> swap = threads.submit(() -> stage.pinion.admin().swap("v", "b"));
        assertThrows(TimeoutException.class, () -> closing.get(100, TimeUnit.MILLISECONDS));
        hang.countDown();
        assertEquals(Kind.CLOSED, kindOf(swap));
        closing.get(15, TimeUnit.SECONDS);
    }

    @Test
    void theEndWaitsForVolumesThatWereDeletedBefore() throws Exception {
        stage.open();
        CountDownLatch inFlush = new CountDownLatch(1);
        stage.a.onFlush = () -> {
            inFlush.countDown();
            FakeStrategy.waitingFor(hang).run();
        };
        stage.pinion.delete("v");
        inFlush.await();
        Future<?> closing = threads.submit(stage.pinion::close);
        assertThrows(TimeoutException.class, () -> closing.get(100, TimeUnit.MILLISECONDS));
        hang.countDown();
        closing.get(15, TimeUnit.SECONDS);
        assertEquals(0, stage.a.open.get());
    }

    @Test
    void anInterruptedThreadEndsEverythingAllTheSame() throws Exception {
        stage.open();
        stage.a.onFlush = FakeStrategy.waitingFor(hang);
        Future<Boolean> closing = threads.submit(() -> {
            Thread.currentThread().interrupt();
            stage.pinion.close();
            return Thread.interrupted();
        });
        assertThrows(TimeoutException.class, () -> closing.get(100, TimeUnit.MILLISECONDS));
        hang.countDown();
        assertTrue(closing.get(15, TimeUnit.SECONDS));
        assertEquals(0, stage.a.open.get());
    }

    @Test
    void aVolumeThatEndedWithOperationsInFlightGivesEverythingBackOnceTheyEnd() throws Exception {
        Volume volume = stage.open("drain.timeout", "100ms");
        stage.a.onTransfer = FakeStrategy.waitingFor(hang);
        Future<Integer> hanging = threads.submit(() -> volume.read(ByteBuffer.allocate(1), 0));
        Stage.await("the read is in the driver", () -> stage.a.transfers.get() == 1);
        CountDownLatch lastFlush = new CountDownLatch(1);
        stage.a.onFlush = lastFlush::countDown;
        stage.pinion.delete("v");
        lastFlush.await();
        stage.configure();
        Stage.await("the target is still held", () -> stage.status().reason().contains("holds the same bytes"));
        assertEquals(1, stage.a.open.get());
        hang.countDown();
        hanging.get(15, TimeUnit.SECONDS);
        Stage.await(
                "the channel is closed, and the target can be had again",
                () -> stage.a.open.get() == 1 && stage.status().state() == VolumeState.OPEN);
        assertEquals(1, stage.pinion.volume("v", Stage.SOON).read(ByteBuffer.allocate(1), 0));
    }

    @Test
    void stagesOfWhatIsClosedFailAsItsCallsDo() throws Exception {
        Volume volume = stage.open();
        stage.pinion.close();
        assertEquals(
                Kind.CLOSED, kindOf(volume.readAsync(ByteBuffer.allocate(1), 0).toCompletableFuture()));
    }

    @Test
    void aCandidateThatDoesNotFitAndThrowsWhenClosedIsRefused() throws Exception {
        stage.open();
        stage.b.identityOnceOpen = "another";
        stage.b.onClose = () -> {
            throw new IllegalStateException("a defect");
        };
        Future<?> swap = threads.submit(() -> stage.pinion.admin().swap("v", "b"));
        assertTrue(swap.get(15, TimeUnit.SECONDS).toString().contains("opened another"));
        assertEquals("a", stage.serving());
    }

    @Test
    void aCandidateWhoseIdentityCannotBeToldIsClosedAndNotUsed() throws Exception {
        stage.open();
        stage.b.onIdentity = () -> {
            throw new IllegalStateException("a defect");
        };
        SwapReport report = stage.pinion.admin().swap("v", "b");
        assertEquals(SwapReport.Outcome.ROLLED_BACK, report.outcome());
        assertTrue(report.detail().contains("a defect"), report.detail());
        assertEquals("a", stage.serving());
        assertEquals(0, stage.b.open.get());
    }

    @Test
    void aStrategyThatCannotTellItsModeHidesNoVolume() throws Exception {
        stage.open();
        stage.a.onMode = () -> {
            throw new IllegalStateException("a defect");
        };
        assertTrue(stage.status().mode().orElseThrow().notes().toString().contains("a defect"));
        stage.a.onMode = FakeStrategy.Step.NOTHING;
    }
}
