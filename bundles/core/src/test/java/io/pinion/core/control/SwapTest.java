package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Capability;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SwapTest {
    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        stage.close();
    }

    private SwapReport swap(String to) throws StorageException {
        return stage.pinion.admin().swap("v", to);
    }

    @Test
    void publishesAndReports() throws Exception {
        Volume volume = stage.open();
        volume.write(ByteBuffer.wrap(new byte[] {7}), 100);
        SwapReport report = swap("b");
        assertEquals(Outcome.PUBLISHED, report.outcome(), report.detail());
        assertEquals("a", report.from());
        assertEquals("b", stage.serving());
        assertEquals("b", stage.status().override().orElseThrow());
        assertTrue(report.pauseNanos() > 0);
        ByteBuffer read = ByteBuffer.allocate(1);
        assertEquals(1, volume.read(read, 100));
        assertEquals(7, read.get(0));
        Stage.await("the old channel is closed", () -> stage.a.open.get() == 0);
        assertEquals(Outcome.UNCHANGED, swap("b").outcome());
    }

    @Test
    void clearingTheOverrideGoesBackToThePreference() throws Exception {
        stage.open();
        swap("b");
        stage.pinion.admin().clearOverride("v");
        assertEquals("a", stage.serving());
        assertTrue(stage.status().override().isEmpty());
    }

    @Test
    void savingWhatIsPreferredAlreadyLeavesNoOverride() throws Exception {
        stage.open("strategy", "a,b");
        stage.pinion.admin().swapAndSave("v", "a");
        assertEquals("a", stage.serving());
        assertTrue(stage.status().override().isEmpty());
        assertEquals(List.of("a", "b"), stage.status().preferences());
    }

    @Test
    void refusesWhatIsUnknownUnsuitableOrAnotherTarget() throws Exception {
        stage.open();
        SwapReport unknown = swap("c");
        assertEquals(Outcome.REFUSED, unknown.outcome());
        assertTrue(unknown.detail().contains("registered are: a, b"), unknown.detail());
        stage.b.unsuitable = "the moon is full";
        assertTrue(swap("b").detail().contains("the moon is full"));
        stage.b.unsuitable = "";
        stage.b.identity = "other";
        SwapReport other = swap("b");
        assertEquals(Outcome.REFUSED, other.outcome());
        assertTrue(other.detail().contains("another target"), other.detail());
        assertEquals("a", stage.serving());
        assertEquals(0, stage.b.open.get());
    }

    @Test
    void rollsBackWhenTheCandidateFailsToOpenOrToBegin() throws Exception {
        Volume volume = stage.open();
        stage.b.onOpen = () -> {
            throw FakeStrategy.failure(Kind.NO_RESOURCES, "no more of it");
        };
        assertEquals(Outcome.ROLLED_BACK, swap("b").outcome());
        stage.b.onOpen = FakeStrategy.Step.NOTHING;
        stage.b.onBegin = () -> {
            throw new IllegalStateException("a defect");
        };
        SwapReport report = swap("b");
        assertEquals(Outcome.ROLLED_BACK, report.outcome());
        assertTrue(report.detail().contains("a defect"), report.detail());
        assertEquals("a", stage.serving());
        assertEquals(VolumeState.OPEN, stage.status().state());
        assertEquals(1, volume.write(ByteBuffer.allocate(1), 0));
        Stage.await("the candidate's channel is closed", () -> stage.b.open.get() == 0);
    }

    @Test
    void refusesWhatCannotFulfilWhatCallersHaveUsed() throws Exception {
        stage.a.capabilities = Set.of(Capability.UNCACHED_TRANSFERS);
        Volume volume = stage.open();
        stage.b.onOpen = () -> volume.write(ByteBuffer.allocate(1), 0, TransferFlags.UNCACHED);
        SwapReport meanwhile = swap("b");
        assertEquals(Outcome.ROLLED_BACK, meanwhile.outcome());
        assertTrue(meanwhile.detail().contains("flags uncached"), meanwhile.detail());
        SwapReport afterwards = swap("b");
        assertEquals(Outcome.REFUSED, afterwards.outcome());
        assertTrue(afterwards.detail().contains("flags uncached"), afterwards.detail());
        assertEquals(1, volume.read(ByteBuffer.allocate(1), 0));
    }

    @Test
    void rollsBackWhenOperationsDoNotEnd() throws Exception {
        Volume volume = stage.open("drain.timeout", "100ms");
        CountDownLatch hang = new CountDownLatch(1);
        stage.a.onTransfer = FakeStrategy.waitingFor(hang);
        Future<Integer> hanging = threads.submit(() -> volume.read(ByteBuffer.allocate(1), 0));
        Stage.await("the read is in the driver", () -> stage.a.transfers.get() == 1);
        SwapReport report = swap("b");
        assertEquals(Outcome.ROLLED_BACK, report.outcome());
        assertTrue(report.detail().contains("1 operations are still in flight"), report.detail());
        hang.countDown();
        assertEquals(1, hanging.get());
        assertEquals(Outcome.PUBLISHED, swap("b").outcome());
    }

    @Test
    void aFailedFlushBeforeTheGateIsTheVolumes() throws Exception {
        failedFlush(1);
    }

    @Test
    void aFailedFlushBehindTheGateIsTheVolumes() throws Exception {
        failedFlush(2);
    }

    private void failedFlush(int which) throws Exception {
        Volume volume = stage.open();
        int[] flushes = {0};
        stage.a.onFlush = () -> {
            if (++flushes[0] == which) {
                throw FakeStrategy.failure(Kind.IO_ERROR, "write-back failed");
            }
        };
        assertEquals(Outcome.FLUSH_FAILED, swap("b").outcome());
        assertEquals(which, flushes[0]);
        assertEquals(VolumeState.FAILED, stage.status().state());
        StorageException e = assertThrows(StorageException.class, () -> volume.read(ByteBuffer.allocate(1), 0));
        assertEquals(Kind.FLUSH_FAILED, e.kind());
        assertEquals(Outcome.REFUSED, swap("b").outcome());
        assertEquals(
                Kind.FLUSH_FAILED,
                assertThrows(StorageException.class, () -> stage.pinion.admin().reopen("v", false))
                        .kind());
        stage.pinion.admin().reopen("v", true);
        assertEquals(VolumeState.OPEN, stage.status().state());
        assertEquals(1, volume.read(ByteBuffer.allocate(1), 0));
    }

    @Test
    void aCallersFailedFlushIsStickyToo() throws Exception {
        Volume volume = stage.open();
        stage.a.onFlush = () -> {
            throw FakeStrategy.failure(Kind.NO_SPACE, "delayed allocation");
        };
        assertEquals(
                Kind.FLUSH_FAILED,
                assertThrows(StorageException.class, volume::flush).kind());
        stage.a.onFlush = FakeStrategy.Step.NOTHING;
        assertEquals(
                Kind.FLUSH_FAILED,
                assertThrows(StorageException.class, volume::flush).kind());
        Stage.await("the volume is failed", () -> stage.status().state() == VolumeState.FAILED);
    }

    @Test
    void aHangingDriverMakesOnlyItsOwnSwapWait() throws Exception {
        Volume volume = stage.open("drain.timeout", "200ms");
        CountDownLatch hang = new CountDownLatch(1);
        stage.b.onBegin = FakeStrategy.waitingFor(hang);
        SwapReport report = swap("b");
        assertEquals(Outcome.ROLLED_BACK, report.outcome());
        assertTrue(report.detail().contains("hangs"), report.detail());
        assertEquals(1, volume.read(ByteBuffer.allocate(1), 0));
        hang.countDown();
    }
}
