package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.buffered.BufferedStrategy;
import io.pinion.linux.claim.LinuxKernelFiles;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.strategy.Target;
import io.pinion.tck.SwapsUnderLoad;
import io.pinion.volume.Pinion;
import io.pinion.volume.VolumeStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Buffered to direct and back, a thousand times, under load on a real file. */
@Timeout(300)
class ThousandSwapsTest {
    private static final int SWAPS = 1000;
    private static final long BOUND_NANOS = Duration.ofSeconds(20).toNanos();

    @TempDir(factory = DiskDirectory.class)
    Path disk;

    private final LibC calls = new LibC();

    @Test
    void failNothingLoseNothingAndLeaveNothingBehind() throws Exception {
        Path file = Files.write(disk.resolve("volume"), new byte[SwapsUnderLoad.SIZE]);
        DirectStrategy direct = new DirectStrategy(calls, Settings.SMALL);
        assumeTrue(direct.examine(Target.of(file)).isSuitable(), "needs direct I/O at " + disk);
        AtomicInteger rings = new AtomicInteger();
        ScriptedCalls kernel = new ScriptedCalls().answer("ioUringSetup", Integer.MAX_VALUE, (arguments, real) -> {
            rings.incrementAndGet();
            return real.make(arguments);
        });
        long descriptors = descriptors();
        try (Pinion pinion = Pinion.start()) {
            pinion.guard(new LinuxTargetGuard(calls));
            pinion.add("buffered", new BufferedStrategy(new LinuxKernelFiles(kernel.calls())));
            pinion.add("direct", direct);
            pinion.configure("v", Map.of("target", file.toString(), "strategy", "buffered"));
            SwapsUnderLoad.run(pinion, "v", "buffered", "direct", SWAPS);
            VolumeStatistics statistics = pinion.admin().statistics("v");
            assertTrue(statistics.byStrategy().get("direct").operations() > 0);
            assertTrue(rings.get() > 0, "buffered has queues on rings, too");
        }
        await("descriptors are back at " + descriptors, () -> descriptors() == descriptors);
        await("Pinion's threads have ended", () -> threads() == 0);
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pinion-"))
                .count();
    }

    private static void await(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < BOUND_NANOS, what);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
