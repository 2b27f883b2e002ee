package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.strategy.Access;
import io.pinion.strategy.Claim;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.Discard;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.strategy.TargetGuard;
import io.pinion.strategy.TargetInspection;
import io.pinion.volume.VolumeState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A device that others use is claimed when its volume's configuration says so, and not before. */
@Timeout(60)
class ForcedClaimTest {
    private static final String BESIDE = "Claimed by force (claim=force) beside others: sda is mounted at /data.";

    private final Stage stage = new Stage();
    private final UsedDevice device = new UsedDevice();

    @BeforeEach
    void guard() {
        stage.pinion.guard(device);
        stage.pinion.add("s", new FakeStrategy(Stage.SIZE));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void configure(String claim) throws StorageException {
        stage.pinion.configure("v", Map.of("target", "/dev/sda", "strategy", "s", "settle", "0ms", "claim", claim));
    }

    private String why() throws StorageException {
        return String.join("\n", stage.pinion.admin().why("v"));
    }

    @Test
    void takesEffectAtOnceWhereAVolumeWaits() throws Exception {
        configure("exclusive");
        Stage.await("the device is refused", () -> stage.status().reason().contains("sda is mounted"));
        configure("force");
        stage.pinion.volume("v", Stage.SOON);
        assertTrue(why().contains(BESIDE), why());
        assertEquals(List.of(), stage.status().problems());
    }

    @Test
    void isTakenBackByTheNextClaim() throws Exception {
        configure("force");
        stage.pinion.volume("v", Stage.SOON);
        configure("exclusive");
        Stage.await("it says so", () -> stage.status().problems().toString().contains("'reopen v' makes another"));
        assertEquals(VolumeState.OPEN, stage.status().state());
        assertEquals(1, device.claims.get());
        device.used = false;
        stage.pinion.admin().reopen("v", false);
        assertEquals(2, device.claims.get());
        assertEquals(List.of(), stage.status().problems());
        assertTrue(!why().contains("force"), why());
    }

    @Test
    void aClaimSaysWhatItsDeviceLacks() throws Exception {
        configure("force");
        var volume = stage.pinion.volume("v", Stage.SOON);
        StorageException failure = assertThrows(
                StorageException.class,
                () -> volume.with(Discard.class, discard -> {
                    discard.discard(0, 4096);
                    return null;
                }));
        assertEquals(Kind.UNSUPPORTED, failure.kind());
        assertTrue(failure.getMessage().contains("strategy s offers no Discard: sda can't"), failure.getMessage());
    }

    /** A device that is mounted, until it is not. */
    private static final class UsedDevice implements TargetGuard {
        private final AtomicInteger claims = new AtomicInteger();
        private volatile boolean used = true;

        @Override
        public TargetInspection inspect(Target target) {
            return TargetInspection.of(
                    TargetInspection.Kind.BLOCK_DEVICE, "blk:8:0", Stage.SIZE, Access.READ_WRITE, "sda");
        }

        @Override
        public Claim claim(Target target, ClaimRequest request) throws StorageException {
            if (used && !request.isForced()) {
                throw FakeStrategy.failure(Kind.IN_USE, "sda is mounted at /data");
            }
            claims.incrementAndGet();
            return new UsedClaim(used);
        }
    }

    private record UsedClaim(boolean isForced) implements Claim {
        @Override
        public String identity() {
            return "blk:8:0";
        }

        @Override
        public Set<String> overlaps() {
            return Set.of(identity());
        }

        @Override
        public Access access() {
            return Access.READ_WRITE;
        }

        @Override
        public List<String> notes() {
            return isForced ? List.of(BESIDE) : List.of();
        }

        @Override
        public Optional<String> lacks(Class<?> extra) {
            return Optional.of("sda can't");
        }

        @Override
        public Path path() {
            return Path.of("/dev/sda");
        }

        @Override
        public OptionalInt descriptor() {
            return OptionalInt.empty();
        }

        @Override
        public void flush() {}

        @Override
        public void dropCache() {}

        @Override
        public void close() {}
    }
}
