package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.buffered.BufferedStrategy;
import io.pinion.linux.SystemCalls;
import io.pinion.linux.claim.LinuxTargetGuard;
import io.pinion.linux.libc.LibC;
import io.pinion.memory.pool.ArenaPool;
import io.pinion.strategy.CompletionSink;
import io.pinion.strategy.StorageException;
import io.pinion.strategy.Target;
import io.pinion.volume.IoQueue;
import io.pinion.volume.Pinion;
import io.pinion.volume.Volume;
import io.pinion.volume.VolumeStatistics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A volume on {@code direct} as an application has it, with a pool, and what its queue has delivered. */
final class DirectVolume implements AutoCloseable {
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);
    private static final String NAME = "v";

    final Pinion pinion = Pinion.start();
    final ArenaPool pool;
    final Volume volume;
    final Map<Long, Integer> completed = new TreeMap<>();
    final Map<Long, StorageException> failed = new TreeMap<>();

    private final CompletionSink sink = new CompletionSink() {
        @Override
        public void completed(long token, int transferred) {
            completed.put(token, transferred);
        }

        @Override
        public void failed(long token, StorageException error) {
            failed.put(token, error);
        }
    };

    DirectVolume(Path target) throws StorageException {
        SystemCalls calls = new LibC();
        DirectStrategy direct = new DirectStrategy(calls);
        assumeTrue(direct.examine(Target.of(target)).isSuitable(), () -> "needs direct I/O at " + target);
        pool = new ArenaPool(calls);
        pinion.guard(new LinuxTargetGuard(calls));
        pinion.add(DirectStrategy.NAME, direct);
        pinion.add("buffered", new BufferedStrategy());
        pinion.configure(NAME, Map.of("target", target.toString(), "strategy", DirectStrategy.NAME));
        volume = pinion.volume(NAME, Duration.ofSeconds(20));
    }

    /** Takes all completions of what is pending. */
    void complete(IoQueue queue) throws StorageException {
        long end = System.nanoTime() + LONG;
        while (queue.pending() > 0) {
            assertTrue(System.nanoTime() < end, () -> queue.pending() + " operations do not complete");
            queue.submit(queue.pending(), LONG);
            queue.poll(sink);
        }
    }

    VolumeStatistics statistics() throws StorageException {
        return pinion.admin().statistics(NAME);
    }

    boolean swap(String strategy) throws StorageException {
        return pinion.admin().swap(NAME, strategy).isServing();
    }

    /** {@return what is said of it, in one} */
    String why() throws StorageException {
        return String.join("\n", pinion.admin().why(NAME));
    }

    @Override
    public void close() {
        pinion.close();
        pool.stop();
    }
}
