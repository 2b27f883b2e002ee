package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Handover;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.volume.Pinion;
import io.pinion.volume.SwapReport;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A drive's channel hands over to whoever follows; one that nobody follows is closed without, and gives everything back itself. */
@Timeout(60)
class FarewellTest {
    private final FakeTape.Medium medium = new FakeTape.Medium();
    private final FakeTape a = new FakeTape(medium);
    private final Pinion pinion = Pinion.start();
    private final Pinion.Registration registration = add("a", a);

    private Pinion.Registration add(String name, FakeTape strategy) {
        return pinion.add(name, strategy, Shape.TAPE, Set.of("faketape"), 0);
    }

    private void open() throws StorageException {
        String target = "faketape:" + Long.toHexString(System.nanoTime());
        pinion.configureTape("t", Map.of("target", target, "strategy", "a", "grace", "20s", "settle", "50ms"));
        pinion.tape("t", Stage.SOON);
    }

    @AfterEach
    void close() {
        pinion.close();
    }

    @Test
    void aDriveWhoseConfigurationIsDeletedIsHandedOverToNobody() throws Exception {
        open();
        pinion.delete("t");
        Stage.await("it is closed", () -> a.openChannels == 0);
        assertEquals(List.of("close"), a.farewells);
    }

    @Test
    void aDriveIsHandedOverToNobodyWhenPinionStops() throws Exception {
        open();
        pinion.close();
        assertEquals(List.of("close"), a.farewells);
    }

    @Test
    void aStrategyThatLeavesHandsOverToTheNext() throws Exception {
        open();
        registration.close();
        Stage.await("it is closed", () -> a.openChannels == 0);
        assertEquals(List.of("end", "close"), a.farewells);
        FakeTape next = new FakeTape(medium);
        add("a", next);
        Stage.await("it has begun", () -> next.begun != null);
        Handover begun = next.begun;
        assertTrue(begun.value("fake").isPresent());
    }

    @Test
    void aDriveThatIsReopenedIsHandedOver() throws Exception {
        open();
        pinion.admin().reopen("t", false);
        assertEquals(List.of("end", "close"), a.farewells);
        assertTrue(a.begun.value("fake").isPresent());
    }

    @Test
    void oneWhoseSuccessorFailedIsAskedForItsPosition() throws Exception {
        open();
        FakeTape b = new FakeTape(medium);
        add("b", b);
        AtomicInteger asked = new AtomicInteger();
        a.inEnd = () -> asked.set(a.asked);
        b.inBegin = () -> {
            throw new IllegalStateException("as the test wants it");
        };
        assertEquals(
                SwapReport.Outcome.ROLLED_BACK, pinion.admin().swap("t", "b").outcome());
        assertTrue(a.asked > asked.get());
        assertEquals(List.of("close"), b.farewells);
        pinion.delete("t");
        Stage.await("it is closed", () -> a.openChannels == 0);
        assertEquals(List.of("end", "close"), a.farewells);
    }

    @Test
    void oneThatHasBegunAndIsRefusedLeavesTheDriveToWhoServedBefore() throws Exception {
        open();
        FakeTape b = new FakeTape(medium);
        Pinion.Registration next = add("b", b);
        b.inBegin = () -> {
            new Thread(next::close).start();
            try {
                Stage.await("it has left", () -> pinion.admin().strategies().size() == 1);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        SwapReport report = pinion.admin().swap("t", "b");
        assertEquals(SwapReport.Outcome.ROLLED_BACK, report.outcome(), report.detail());
        assertTrue(report.detail().contains("left before it was published"), report.detail());
        assertEquals(List.of("end", "close"), b.farewells);
        assertEquals(1, a.openChannels);
    }
}
