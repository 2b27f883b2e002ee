package io.pinion.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.volume.SwapReport.Outcome;
import io.pinion.volume.Volume;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LoadTest {
    private static final int THREADS = 4;
    private static final int SWAPS = 300;
    private static final int BLOCK = 512;

    @Test
    void swapsUnderLoadLoseNothingAndFailNothing() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Stage stage = new Stage()) {
            Volume volume = stage.open();
            AtomicBoolean stop = new AtomicBoolean();
            List<Future<Long>> writers = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int block = t;
                writers.add(threads.submit(() -> writeVersions(volume, block, stop)));
            }
            for (int i = 0; i < SWAPS; i++) {
                String to = i % 2 == 0 ? "b" : "a";
                var report = stage.pinion.admin().swap("v", to);
                assertEquals(Outcome.PUBLISHED, report.outcome(), report.detail());
            }
            stop.set(true);
            long operations = 0;
            for (Future<Long> writer : writers) {
                operations += writer.get();
            }
            var statistics = stage.pinion.admin().statistics("v");
            assertEquals(operations, statistics.reads() + statistics.writes());
            assertEquals(operations * BLOCK, statistics.readBytes() + statistics.writtenBytes());
            assertEquals(SWAPS, statistics.swaps());
            assertEquals(0, statistics.failures());
            long byStrategy = statistics.byStrategy().values().stream()
                    .mapToLong(s -> s.operations())
                    .sum();
            assertEquals(operations, byStrategy);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Writes rising versions into one block and reads each back: a stale read or a lost update shows. */
    private static long writeVersions(Volume volume, int block, AtomicBoolean stop) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK);
        long version = 0;
        while (!stop.get()) {
            version++;
            buffer.clear().putLong(0, version).putLong(BLOCK - 8, version);
            volume.write(buffer, (long) block * BLOCK);
            buffer.clear();
            volume.read(buffer, (long) block * BLOCK);
            assertEquals(version, buffer.getLong(0));
            assertEquals(version, buffer.getLong(BLOCK - 8));
        }
        return 2 * version;
    }
}
