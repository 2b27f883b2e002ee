package io.pinion.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.buffered.BufferedStrategy;
import io.pinion.linux.claim.LinuxKernelFiles;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Access;
import io.pinion.strategy.ClaimRequest;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.StorageException.Kind;
import io.pinion.strategy.Target;
import io.pinion.tck.LoopDevice;
import io.pinion.tck.SwapsUnderLoad;
import io.pinion.volume.Pinion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Block to buffered and back, a thousand times, under load on a loop device that nobody else gets meanwhile. */
@Timeout(300)
class ThousandSwapsTest {
    private static final int SWAPS = 1000;

    @TempDir
    Path directory;

    private final LibC calls = new LibC();

    @Test
    void failNothingLoseNothingAndHoldTheClaimThroughout() throws Exception {
        try (LoopDevice device = LoopDevice.of(directory, 4 * SwapsUnderLoad.SIZE, 512);
                Pinion pinion = Pinion.start()) {
            pinion.guard(new LinuxTargetGuard(calls));
            pinion.add("buffered", new BufferedStrategy(new LinuxKernelFiles(calls)));
            pinion.add("block", new BlockStrategy(calls));
            pinion.configure("v", Map.of("target", device.path().toString(), "strategy", "block"));
            pinion.volume("v", Duration.ofSeconds(10));
            AtomicBoolean stop = new AtomicBoolean();
            FutureTask<Integer> rival = new FutureTask<>(() -> refusals(device.path(), stop));
            new Thread(rival, "rival").start();
            SwapsUnderLoad.run(pinion, "v", "block", "buffered", SWAPS);
            stop.set(true);
            assertTrue(rival.get() > SWAPS / 10, "the rival tried as well");
            assertTrue(
                    pinion.admin().statistics("v").byStrategy().get("buffered").operations() > 0);
        }
    }

    /** Tries to get the device, as mount(8) and another Pinion would; {@return how often that was refused} */
    private int refusals(Path device, AtomicBoolean stop) {
        LinuxTargetGuard guard = new LinuxTargetGuard(calls);
        ClaimRequest request = ClaimRequest.of(Access.READ_WRITE);
        int refusals = 0;
        for (; !stop.get(); refusals++) {
            StorageException e = assertThrows(
                    StorageException.class,
                    () -> guard.claim(Target.of(device), request).close());
            assertEquals(Kind.IN_USE, e.kind(), e::getMessage);
            LockSupport.parkNanos(100_000);
        }
        return refusals;
    }
}
