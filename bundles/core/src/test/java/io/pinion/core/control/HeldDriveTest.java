package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Shape;
import io.pinion.strategy.TapeResult;
import io.pinion.strategy.Target;
import io.pinion.volume.Pinion;
import io.pinion.volume.StrategyChoice;
import io.pinion.volume.SwapReport;
import io.pinion.volume.TapeDrive;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever is examined on a drive that is in use asks it nothing beside an operation. */
@Timeout(60)
class HeldDriveTest {
    private final FakeTape.Medium medium = new FakeTape.Medium();
    private final FakeTape a = new FakeTape(medium);
    private final FakeTape b = new FakeTape(medium);
    private final FakeDevice device = new FakeDevice();
    private final Pinion pinion = Pinion.start();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch reads = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Target target = Target.parse("faketape:held");
    private Future<Object> reader;
    private TapeDrive drive;

    @BeforeEach
    void read() throws Exception {
        device.exclusive = true;
        pinion.guard(device);
        a.backing = Optional.of(FakeDevice.TARGET);
        b.backing = a.backing;
        pinion.add("a", a, Shape.TAPE, Set.of("faketape"), 0);
        pinion.add("b", b, Shape.TAPE, Set.of("faketape"), 0);
        pinion.configureTape(
                "t", Map.of("target", target.toString(), "strategy", "a", "settle", "50ms", "drain.timeout", "2s"));
        drive = pinion.tape("t", Stage.SOON);
        a.inRead = () -> {
            reads.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        reader = threads.submit(() -> {
            drive.read(ByteBuffer.allocate(8), new TapeResult());
            return null;
        });
        reads.await();
    }

    @AfterEach
    void close() {
        goOn.countDown();
        threads.shutdownNow();
        pinion.close();
        assertNull(medium.overlap.get(), "two calls were in the drive at once");
    }

    @Test
    void aCandidateIsExaminedBetweenOperations() throws Exception {
        Future<SwapReport> swap = threads.submit(() -> pinion.admin().swap("t", "b"));
        Stage.await("it is examined", () -> why().contains("examine"));
        TimeUnit.MILLISECONDS.sleep(100);
        assertEquals(0, b.askedByClaim);
        goOn.countDown();
        reader.get();
        assertEquals(SwapReport.Outcome.PUBLISHED, swap.get().outcome());
        assertEquals(1, b.askedByClaim);
    }

    /** Who streams comes back before anybody else has woken. */
    @Test
    void aCandidateGetsItsTurnThoughOperationsLeaveNoGap() throws Exception {
        goOn.countDown();
        reader.get();
        AtomicBoolean enough = new AtomicBoolean();
        Future<Object> stream = threads.submit(() -> {
            while (!enough.get()) {
                drive.read(ByteBuffer.allocate(8), new TapeResult());
            }
            return null;
        });
        try {
            SwapReport report = pinion.admin().swap("t", "b");
            assertEquals(SwapReport.Outcome.PUBLISHED, report.outcome(), report.detail());
        } finally {
            enough.set(true);
        }
        stream.get();
    }

    @Test
    void anOperationThatTakesLongerThanASwapWaitsFailsTheSwapAlone() throws Exception {
        SwapReport report = pinion.admin().swap("t", "b");
        assertEquals(SwapReport.Outcome.ROLLED_BACK, report.outcome());
        assertTrue(
                report.detail().contains("waited for drain.timeout=2000ms, while another call used drive t"),
                report.detail());
        goOn.countDown();
        reader.get();
        assertEquals(0, b.askedByClaim);
        assertEquals(SwapReport.Outcome.PUBLISHED, pinion.admin().swap("t", "b").outcome());
    }

    @Test
    void whatCouldServeItIsToldWithoutAskingIt() throws Exception {
        int before = a.askedByClaim;
        List<StrategyChoice> choices = pinion.admin().strategies(target);
        assertTrue(choices.stream().allMatch(choice -> choice.examination().isSuitable()), choices::toString);
        assertEquals(before, a.askedByClaim);
        assertEquals(0, b.askedByClaim);
    }

    private String why() {
        try {
            return String.join(" ", pinion.admin().why("t"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
