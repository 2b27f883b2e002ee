package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReconcilerTest {
    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        stage.close();
    }

    private static int readByte(Volume volume) throws StorageException {
        return volume.read(ByteBuffer.allocate(1), 0);
    }

    @Test
    void takesTheFirstPreferenceAndFallsBackWhenItIsUnsuitable() throws Exception {
        stage.a.unsuitable = "not today";
        stage.open();
        assertEquals("b", stage.serving());
        assertTrue(stage.status().problems().toString().contains("not today"));
        stage.a.unsuitable = "";
        Stage.await(
                "the better preference is taken, with back-off",
                () -> stage.serving().equals("a"));
    }

    @Test
    void whenTheStrategyLeavesTheNextPreferenceServes() throws Exception {
        Volume volume = stage.open();
        stage.registrationOfA.close();
        assertEquals("b", stage.serving());
        assertEquals(1, readByte(volume));
        assertEquals("strategy a left", stage.pinion.admin().history("v").get(0).cause());
        assertEquals(0, stage.a.open.get());
        stage.registrationOfA = stage.add("a", stage.a);
        Stage.await(
                "it goes back to the first preference", () -> stage.serving().equals("a"));
    }

    @Test
    void withNoneLeftCallsWaitAndGoOnWhenOneReturns() throws Exception {
        Volume volume = stage.open("strategy", "a");
        stage.registrationOfA.close();
        assertEquals(VolumeState.WAITING, stage.status().state());
        assertTrue(
                stage.status().reason().contains("strategy a has left"),
                stage.status().reason());
        Future<Integer> parked = threads.submit(() -> readByte(volume));
        Stage.await("the read waits", () -> stage.statistics().parked() == 1);
        assertFalse(parked.isDone());
        stage.registrationOfA = stage.add("a", stage.a);
        assertEquals(1, parked.get(15, TimeUnit.SECONDS));
        assertSame(volume, stage.pinion.volume("v", Stage.SOON));
    }

    @Test
    void afterGraceCallsFailWithOneTypedError() throws Exception {
        Volume volume = stage.open("strategy", "a", "grace", "200ms");
        stage.registrationOfA.close();
        StorageException e = assertThrows(StorageException.class, () -> readByte(volume));
        assertEquals(Kind.UNAVAILABLE, e.kind());
        assertTrue(e.getMessage().contains("strategy a has left"), e.getMessage());
        Stage.await("the volume is withdrawn", () -> {
            try {
                stage.pinion.volume("v", Duration.ZERO);
                return false;
            } catch (StorageException absent) {
                return true;
            }
        });
        stage.registrationOfA = stage.add("a", stage.a);
        assertSame(volume, stage.pinion.volume("v", Stage.SOON));
        assertEquals(1, readByte(volume));
    }

    @Test
    void anInterruptedThreadLeavesItsParkingPlace() throws Exception {
        Volume volume = stage.open("strategy", "a");
        stage.registrationOfA.close();
        CountDownLatch flagKept = new CountDownLatch(1);
        Thread[] waiting = {null};
        Future<Kind> parked = threads.submit(() -> {
            waiting[0] = Thread.currentThread();
            StorageException e = assertThrows(StorageException.class, () -> readByte(volume));
            if (Thread.currentThread().isInterrupted()) {
                flagKept.countDown();
            }
            return e.kind();
        });
        Stage.await("the read waits", () -> stage.statistics().parked() == 1);
        waiting[0].interrupt();
        assertEquals(Kind.INTERRUPTED, parked.get(15, TimeUnit.SECONDS));
        assertTrue(flagKept.await(15, TimeUnit.SECONDS));
    }

    @Test
    void aStrategyThatLeavesWithOperationsInFlightServesNoMoreCallsAndNobodyElseDoesUntilTheyEnd() throws Exception {
        Volume volume = stage.open("drain.timeout", "100ms");
        CountDownLatch hang = new CountDownLatch(1);
        stage.a.onTransfer = FakeStrategy.waitingFor(hang);
        Future<Integer> hanging = threads.submit(() -> readByte(volume));
        Stage.await("the read is in the driver", () -> stage.a.transfers.get() == 1);
        stage.registrationOfA.close();
        int seen = stage.a.transfers.get();
        Future<Integer> parked = threads.submit(() -> readByte(volume));
        Stage.await("the second read waits", () -> stage.statistics().parked() >= 1);
        assertEquals(seen, stage.a.transfers.get());
        assertEquals(0, stage.b.transfers.get());
        hang.countDown();
        assertEquals(1, hanging.get(15, TimeUnit.SECONDS));
        assertEquals(1, parked.get(15, TimeUnit.SECONDS));
        assertEquals("b", stage.serving());
    }

    @Test
    void aSecondRegistrationOfHigherRankingTakesOver() throws Exception {
        stage.open();
        FakeStrategy better = new FakeStrategy(Stage.SIZE);
        try (var registration = stage.pinion.add("a", better, java.util.Set.of("fake"), 10)) {
            Stage.await("the higher ranking serves", () -> better.open.get() == 1 && stage.a.open.get() == 0);
            assertTrue(stage.pinion.admin().strategies().stream()
                    .anyMatch(s -> s.problem().contains("shadowed")));
        }
        Stage.await("the lower serves again", () -> stage.a.open.get() == 1);
    }

    @Test
    void aBadConfigurationChangesNothing() throws Exception {
        Volume volume = stage.open();
        for (String[] bad : new String[][] {
            {"strategi", "a"},
            {"strategy", ""},
            {"strategy", "zzz"},
            {"grace", "30"},
            {"access", "append"},
            {"target", ""}
        }) {
            StorageException e = assertThrows(StorageException.class, () -> stage.configure(bad));
            assertTrue(e.getMessage().contains(bad[0]) && e.getMessage().contains("allowed: "), e.getMessage());
            assertTrue(stage.status().problems().toString().contains("refused"));
        }
        assertEquals("a", stage.serving());
        assertEquals(1, readByte(volume));
        stage.configure("strategy", "b");
        Stage.await("a good one is taken", () -> stage.serving().equals("b"));
        assertEquals(0, stage.pinion.admin().refusals().size());
    }

    @Test
    void aReopeningWaitsWithTheVolumeForABetterStrategyUpToSettle() throws Exception {
        stage.configure("strategy", "z,a", "settle", "2s");
        Stage.await("it settles", () -> stage.status().reason().contains("up to settle"));
        stage.pinion.admin().reopen("v", false);
        assertEquals("a", stage.serving());
        stage.registrationOfA.close();
        StorageException e =
                assertThrows(StorageException.class, () -> stage.pinion.admin().reopen("v", false));
        assertEquals(Kind.UNAVAILABLE, e.kind());
        assertTrue(e.getMessage().contains("strategy=a is not registered"), e.getMessage());
    }

    @Test
    void aReopeningThatWaitsForAVolumeThatEndsFails() throws Exception {
        stage.configure("strategy", "z,a", "settle", "60s");
        Stage.await("it settles", () -> stage.status().reason().contains("up to settle"));
        Future<Kind> reopening = threads.submit(() -> assertThrows(
                        StorageException.class, () -> stage.pinion.admin().reopen("v", false))
                .kind());
        Stage.await("it is reopened", () -> stage.status().reason().contains("up to settle"));
        stage.pinion.delete("v");
        assertTrue(List.of(Kind.CLOSED, Kind.NOT_FOUND).contains(reopening.get(15, TimeUnit.SECONDS)));
    }

    @Test
    void aDeletedVolumeIsClosedAndFlushed() throws Exception {
        Volume volume = stage.open();
        int[] flushes = {0};
        stage.a.onFlush = () -> flushes[0]++;
        stage.pinion.delete("v");
        Stage.await("the channel is closed", () -> stage.a.open.get() == 0);
        assertEquals(1, flushes[0]);
        assertEquals(
                Kind.CLOSED,
                assertThrows(StorageException.class, () -> readByte(volume)).kind());
    }

    @Test
    void twoVolumesDoNotShareATarget() throws Exception {
        stage.open();
        stage.pinion.configure(
                "w", java.util.Map.of("target", stage.status().target().toString(), "strategy", "b", "settle", "10ms"));
        Stage.await(
                "the second says why",
                () -> stage.pinion
                        .admin()
                        .volume("w")
                        .orElseThrow()
                        .reason()
                        .contains("volume v holds the same bytes"));
    }
}
