package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.core.volume.Gated;
import io.pinion.strategy.Shape;
import io.pinion.strategy.StorageException;
import io.pinion.volume.SwapReport;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever learns of a volume may use and change it at once, and learns of its end before all has ended. */
@Timeout(60)
class PublicationTest {
    @Test
    void aListenerMayWaitForTheReconciler() throws Exception {
        CompletableFuture<SwapReport> swapped = new CompletableFuture<>();
        CompletableFuture<Admin> admin = new CompletableFuture<>();
        Publication listener = new Publication() {
            @Override
            public void publish(Gated volume, Facts facts) {
                if (facts.strategy().equals("a")) {
                    try {
                        swapped.complete(admin.join().swap(volume.name(), "b"));
                    } catch (StorageException e) {
                        swapped.completeExceptionally(e);
                    }
                }
            }

            @Override
            public void withdraw(Gated volume) {
                assertEquals("v", volume.name());
            }
        };
        try (Volumes volumes = new Volumes(listener, new FileGuard(), Absentees.NONE)) {
            admin.complete(new Admin(volumes, (pid, strategies) -> {}));
            volumes.add(entry("a", 1));
            volumes.add(entry("b", 2));
            volumes.configure(Shape.POSITIONAL, "v", "v", Map.of("target", "fake:publication", "strategy", "a,b"));
            assertTrue(swapped.get(15, TimeUnit.SECONDS).isServing());
        }
    }

    /** Learns of a volume for as long as it is let, and of its end. */
    private static final class SlowListener implements Publication {
        private final CountDownLatch learns = new CountDownLatch(1);
        private final CompletableFuture<Void> let = new CompletableFuture<>();
        private volatile String last = "";

        @Override
        public void publish(Gated volume, Facts facts) {
            learns.countDown();
            let.join();
            last = "published";
        }

        @Override
        public void withdraw(Gated volume) {
            last = "withdrawn";
        }
    }

    private static Volumes withVolume(Publication listener) {
        Volumes volumes = new Volumes(listener, new FileGuard(), Absentees.NONE);
        volumes.add(entry("a", 1));
        volumes.configure(Shape.POSITIONAL, "v", "v", Map.of("target", "fake:publication", "strategy", "a"));
        return volumes;
    }

    @Test
    void theEndWaitsForWhoeverIsBeingTold() throws Exception {
        SlowListener listener = new SlowListener();
        Volumes volumes = withVolume(listener);
        listener.learns.await();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(volumes::close);
        assertThrows(TimeoutException.class, () -> closing.get(100, TimeUnit.MILLISECONDS));
        listener.let.complete(null);
        closing.get(15, TimeUnit.SECONDS);
        assertEquals("withdrawn", listener.last);
    }

    @Test
    void theEndDoesNotWaitForEverForWhoeverIsBeingTold() throws Exception {
        SlowListener listener = new SlowListener();
        Volumes volumes = withVolume(listener);
        listener.learns.await();
        CompletableFuture.runAsync(volumes::close).get(15, TimeUnit.SECONDS);
        assertEquals("", listener.last);
        listener.let.complete(null);
    }

    private static StrategyEntry entry(String name, long id) {
        Map<String, Object> properties = Map.of("pinion.strategy", name, "pinion.strategy.schemes", "fake");
        return new StrategyEntry(StrategyProperties.read(properties::get), new FakeStrategy(Stage.SIZE), id, "test");
    }
}
