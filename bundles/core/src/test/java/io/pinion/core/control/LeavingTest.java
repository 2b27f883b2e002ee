package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Handover;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.Pinion;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Strategies that leave, and configurations that change, in the middle of a swap. */
@Timeout(60)
class LeavingTest {
    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch inBegin = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        goOn.countDown();
        threads.shutdownNow();
        stage.close();
    }

    private Future<SwapReport> swapThatStaysInBegin() throws InterruptedException {
        FakeStrategy.Step next = stage.b.onBegin;
        stage.b.onBegin = () -> {
            inBegin.countDown();
            FakeStrategy.waitingFor(goOn).run();
            next.run();
        };
        Future<SwapReport> swap = threads.submit(() -> stage.pinion.admin().swap("v", "b"));
        inBegin.await();
        return swap;
    }

    @Test
    void aStrategyThatLeftDuringASwapThatFailsServesNobodyAfterwards() throws Exception {
        Volume volume = stage.open("drain.timeout", "20s");
        AtomicInteger examined = new AtomicInteger();
        CountDownLatch again = new CountDownLatch(1);
        stage.b.onExamine = () -> {
            if (examined.incrementAndGet() > 1) {
                FakeStrategy.waitingFor(again).run();
            }
        };
        stage.b.onBegin = () -> {
            throw FakeStrategy.failure(Kind.NO_RESOURCES, "no more of it");
        };
        Future<SwapReport> swap = swapThatStaysInBegin();
        Future<Integer> parked = threads.submit(() -> volume.read(java.nio.ByteBuffer.allocate(1), 0));
        Stage.await("the read waits", () -> stage.statistics().parked() == 1);
        stage.registrationOfA.close();
        goOn.countDown();
        assertEquals(Outcome.ROLLED_BACK, swap.get(15, TimeUnit.SECONDS).outcome());
        Stage.await("the next attempt is under way", () -> examined.get() == 2);
        assertEquals(0, stage.a.transfers.get());
        stage.b.onBegin = FakeStrategy.Step.NOTHING;
        again.countDown();
        assertEquals(1, parked.get(15, TimeUnit.SECONDS));
        assertEquals(0, stage.a.transfers.get());
    }

    @Test
    void aCandidateThatLeavesBeforeItIsPublishedIsNot() throws Exception {
        stage.open("drain.timeout", "20s");
        Future<SwapReport> swap = swapThatStaysInBegin();
        stage.registrationOfB.close();
        goOn.countDown();
        SwapReport report = swap.get(15, TimeUnit.SECONDS);
        assertEquals(Outcome.ROLLED_BACK, report.outcome());
        assertTrue(report.detail().contains("left"), report.detail());
        assertEquals("a", stage.serving());
        assertEquals(0, stage.b.open.get());
    }

    @Test
    void theLatestConfigurationWinsAlsoWhenItIsTheOneBefore() throws Exception {
        stage.open("drain.timeout", "20s");
        Future<SwapReport> swap = swapThatStaysInBegin();
        stage.configure("strategy", "b,a", "drain.timeout", "20s");
        stage.configure("drain.timeout", "20s");
        goOn.countDown();
        assertEquals(Outcome.PUBLISHED, swap.get(15, TimeUnit.SECONDS).outcome());
        stage.pinion.admin().clearOverride("v");
        assertEquals(List.of("a", "b"), stage.status().preferences());
        assertEquals("a", stage.serving());
    }

    @Test
    void callersWaitForASwapHoweverLongItMayTake() throws Exception {
        Volume volume = stage.open("drain.timeout", "800000h");
        Future<SwapReport> swap = swapThatStaysInBegin();
        Future<Long> parked = threads.submit(volume::size);
        Stage.await("the call waits", () -> stage.statistics().parked() == 1);
        goOn.countDown();
        assertEquals(Outcome.PUBLISHED, swap.get(15, TimeUnit.SECONDS).outcome());
        assertEquals(Stage.SIZE, parked.get(15, TimeUnit.SECONDS));
    }

    /** A driver with a format of its own would format over what was written since. */
    @Test
    void aStrategyThatReturnsIsNotToldAgainThatTheTargetWasCreated(@TempDir Path directory) throws Exception {
        FakeStrategy formatting = new FakeStrategy(Stage.SIZE);
        formatting.onBegin = () -> {
            if (formatting.handovers.size() == 1) {
                throw FakeStrategy.failure(Kind.NO_SPACE, "no room for the format");
            }
        };
        Pinion.Registration first = stage.pinion.add("f", formatting);
        String target = directory.resolve("created").toString();
        stage.configure("target", target, "strategy", "f", "size", "64KiB");
        Stage.await("it is open", () -> stage.status().state() == VolumeState.OPEN);
        first.close();
        Stage.await("it waits", () -> stage.status().state() == VolumeState.WAITING);
        stage.pinion.add("f", formatting);
        Stage.await("it is open again", () -> stage.status().state() == VolumeState.OPEN);
        List<OptionalLong> created =
                formatting.handovers.stream().map(Handover::createdSize).toList();
        assertEquals(List.of(OptionalLong.of(65536), OptionalLong.of(65536), OptionalLong.empty()), created);
    }
}
