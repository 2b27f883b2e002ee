package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Capability;
import io.pinion.strategy.Geometry;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.TransferFlags;
import io.pinion.volume.IoQueue;
import io.pinion.volume.SwapReport;
import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeState;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Atomic writes stay within the limits that a strategy found, and no strategy with narrower ones takes over from it. */
@Timeout(60)
class AtomicWritesTest {
    private final Stage stage = new Stage();

    @BeforeEach
    void offer() {
        offer(stage.a, 1024, 4096);
        offer(stage.b, 1024, 4096);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static void offer(FakeStrategy strategy, int minimum, int maximum) {
        strategy.capabilities = Set.of(Capability.ATOMIC_WRITES);
        strategy.geometry = Geometry.builder().atomicWrites(minimum, maximum).build();
    }

    private static void write(Volume volume, int length, long position) throws StorageException {
        volume.write(ByteBuffer.allocate(length), position, TransferFlags.ATOMIC);
    }

    private SwapReport swap() throws StorageException {
        return stage.pinion.admin().swap("v", "b");
    }

    private void assertRefused(Outcome outcome, String words) throws StorageException {
        SwapReport report = swap();
        assertEquals(outcome, report.outcome());
        assertTrue(report.detail().contains(words), report.detail());
        assertEquals("a", stage.serving());
    }

    @Test
    void whatIsOutsideTheLimitsNeverReachesTheDriver() throws Exception {
        Volume volume = stage.open();
        for (long[] bad : new long[][] {{512, 0}, {8192, 0}, {3072, 0}, {2048, 1024}, {0, 0}}) {
            StorageException e = assertThrows(StorageException.class, () -> write(volume, (int) bad[0], bad[1]));
            assertEquals(Kind.UNSUPPORTED, e.kind());
            assertTrue(e.getMessage().contains("from 1024 to 4096 bytes"), e.getMessage());
        }
        Notes notes = new Notes();
        try (IoQueue queue = volume.openQueue(2)) {
            queue.write(ByteBuffer.allocate(2048), 0, 2048, 1024, 1, TransferFlags.ATOMIC);
            queue.submit(1, TimeUnit.SECONDS.toNanos(20));
            queue.poll(notes);
            assertEquals(0, stage.a.transfers.get());
            queue.write(ByteBuffer.allocate(2048), 0, 2048, 2048, 2, TransferFlags.ATOMIC);
            queue.submit(1, TimeUnit.SECONDS.toNanos(20));
            queue.poll(notes);
        }
        assertEquals(List.of("1:UNSUPPORTED", "2=2048"), notes.lines);
        write(volume, 1024, 1024);
        write(volume, 4096, 4096);
        assertEquals(3, stage.a.transfers.get());
    }

    @Test
    void narrowerLimitsFitUntilTheyAreReliedOn() throws Exception {
        Volume volume = stage.open();
        StorageException refused = assertThrows(StorageException.class, () -> write(volume, 512, 0));
        assertEquals(Kind.UNSUPPORTED, refused.kind());
        offer(stage.b, 2048, 2048);
        assertEquals(Outcome.PUBLISHED, swap().outcome());
    }

    @Test
    void narrowerLimitsAreRefusedAtEitherEnd() throws Exception {
        write(stage.open(), 2048, 0);
        offer(stage.b, 1024, 2048);
        assertRefused(
                Outcome.REFUSED,
                "has atomic writes from 1024 to 2048 bytes; callers of the volume rely on atomic writes from 1024 to 4096 bytes");
        offer(stage.b, 2048, 4096);
        assertRefused(Outcome.REFUSED, "has atomic writes from 2048 to 4096 bytes");
        stage.b.capabilities = Set.of();
        assertRefused(Outcome.REFUSED, "does not support flags atomic");
        offer(stage.b, 512, 8192);
        assertEquals(Outcome.PUBLISHED, swap().outcome());
    }

    /** The examination is over by then: it is looked at again behind the closed gate. */
    @Test
    void narrowerLimitsAreRefusedWhenTheyAreFirstReliedOnDuringTheSwap() throws Exception {
        Volume volume = stage.open();
        offer(stage.b, 1024, 2048);
        stage.b.onOpen = () -> write(volume, 4096, 0);
        assertRefused(Outcome.ROLLED_BACK, "has atomic writes from 1024 to 2048 bytes");
        Stage.await("the candidate's channel is closed", () -> stage.b.open.get() == 0);
    }

    /** Nobody serves meanwhile with whom the candidate could be compared. */
    @Test
    void narrowerLimitsAreRefusedAfterTheStrategyHasLeft() throws Exception {
        Volume volume = stage.open();
        write(volume, 1024, 0);
        offer(stage.b, 1024, 2048);
        stage.registrationOfA.close();
        Stage.await(
                "the volume waits, and says why",
                () -> stage.status().state() == VolumeState.WAITING
                        && stage.status().reason().contains("callers of the volume rely on"));
        Stage.await("it is tried again", () -> stage.b.examined.get() > 1);
        assertEquals(VolumeState.WAITING, stage.status().state());
        stage.registrationOfA = stage.add("a", stage.a);
        Stage.await("a serves again", () -> stage.serving().equals("a"));
        write(volume, 4096, 0);
    }
}
