package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeStatistics.ByStrategy;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is shown of a volume never goes back, and does not wait for what hangs. */
@Timeout(60)
class ShownFiguresTest {
    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        goOn.countDown();
        threads.shutdownNow();
        stage.close();
    }

    private ByStrategy figures() {
        return stage.statistics().byStrategy().get("a");
    }

    private static long write(Volume volume) throws StorageException {
        return volume.write(ByteBuffer.allocate(10), 0);
    }

    @Test
    void aBounceThatIsReportedBeforeItsTransferEndsTakesNothingBack() throws Exception {
        Volume volume = stage.open();
        write(volume);
        assertEquals(10, figures().zeroCopyBytes());
        CountDownLatch reported = new CountDownLatch(1);
        stage.a.onTransfer = () -> {
            stage.a.meter.cause("odd").bounced(10);
            reported.countDown();
            FakeStrategy.waitingFor(goOn).run();
        };
        Future<Long> bounced = threads.submit(() -> write(volume));
        reported.await();
        assertEquals(10, figures().zeroCopyBytes());
        assertEquals(0, figures().bouncedBytes());
        goOn.countDown();
        bounced.get(15, TimeUnit.SECONDS);
        assertEquals(10, figures().zeroCopyBytes());
        assertEquals(10, figures().bouncedBytes());
        assertTrue(stage.pinion.admin().swap("v", "b").isServing());
        assertEquals(10, figures().zeroCopyBytes());
        assertEquals(10, figures().bouncedBytes());
    }

    @Test
    void aDriverThatDoesNotTellItsModeIsWaitedForOnce() throws Exception {
        stage.open();
        CountDownLatch asked = new CountDownLatch(2);
        stage.a.onMode = () -> {
            asked.countDown();
            FakeStrategy.waitingFor(goOn).run();
        };
        assertEquals("unknown", stage.status().mode().orElseThrow().name());
        long start = System.nanoTime();
        assertTrue(stage.status().mode().orElseThrow().notes().toString().contains("has not answered"));
        assertTrue(System.nanoTime() - start < TimeUnit.MILLISECONDS.toNanos(500));
        assertEquals(1, asked.getCount());
        goOn.countDown();
        Stage.await(
                "it is asked again once it has answered",
                () -> stage.status().mode().orElseThrow().name().equals("fake"));
    }

    @Test
    void aDriverThatFailsLateToTellItsModeIsAskedAgain() throws Exception {
        stage.open();
        stage.a.onMode = () -> {
            FakeStrategy.waitingFor(goOn).run();
            throw new IllegalStateException("too late");
        };
        assertEquals("unknown", stage.status().mode().orElseThrow().name());
        stage.a.onMode = FakeStrategy.Step.NOTHING;
        goOn.countDown();
        Stage.await(
                "it is asked again",
                () -> stage.status().mode().orElseThrow().name().equals("fake"));
    }
}
