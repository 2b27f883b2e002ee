package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.StorageException;
import io.pinion.volume.SwapReport;
import io.pinion.volume.Volume;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever learns of a volume may use and change it at once. */
@Timeout(60)
class PublicationTest {
    @Test
    void aListenerMayWaitForTheReconciler() throws Exception {
        CompletableFuture<SwapReport> swapped = new CompletableFuture<>();
        CompletableFuture<Admin> admin = new CompletableFuture<>();
        Publication listener = new Publication() {
            @Override
            public void publish(Volume volume, String strategy) {
                if (strategy.equals("a")) {
                    try {
                        swapped.complete(admin.join().swap(volume.name(), "b"));
                    } catch (StorageException e) {
                        swapped.completeExceptionally(e);
                    }
                }
            }

            @Override
            public void withdraw(Volume volume) {
                assertEquals("v", volume.name());
            }
        };
        try (Volumes volumes = new Volumes(listener, new FileGuard(), Absentees.NONE)) {
            admin.complete(new Admin(volumes, (pid, strategies) -> {}));
            volumes.add(entry("a", 1));
            volumes.add(entry("b", 2));
            volumes.configure("v", "v", Map.of("target", "fake:publication", "strategy", "a,b"));
            assertTrue(swapped.get(15, TimeUnit.SECONDS).isServing());
        }
    }

    private static StrategyEntry entry(String name, long id) {
        Map<String, Object> properties = Map.of("pinion.strategy", name, "pinion.strategy.schemes", "fake");
        return new StrategyEntry(StrategyProperties.read(properties::get), new FakeStrategy(Stage.SIZE), id, "test");
    }
}
