package io.pinion.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Linux;
import io.pinion.strategy.TransferFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Watches the system calls: no write through the page cache meets a direct one in flight in the same page or folio, and no
 * direct write goes past the end that the callers asked for.
 */
@Timeout(60)
class CollisionTest {
    private static final int SIZE = 1_000_003;
    private static final int PAGE = 4096;

    @TempDir(factory = DiskDirectory.class)
    Path directory;

    private record Flight(boolean direct, long from, long to) {
        boolean collides(Flight other, long unit) {
            return direct != other.direct
                    && from / unit <= (other.to - 1) / unit
                    && other.from / unit <= (to - 1) / unit;
        }
    }

    private final ScriptedCalls script = new ScriptedCalls();
    private final Map<Integer, Boolean> direct = new HashMap<>();
    private final Set<Flight> flying = new HashSet<>();
    private final List<String> collisions = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private int beside;
    private int cached;

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    }

    @Test
    void writesOfBothSortsStayApart() throws Exception {
        try (DirectFile file = new DirectFile(directory.resolve("file"), script.calls(), Settings.SMALL, SIZE)) {
            script.answer("pwrite", Integer.MAX_VALUE, this::watched);
            List<Future<?>> all = new ArrayList<>();
            for (int n = 0; n < 6; n++) {
                Random random = new Random(n);
                boolean atTheEnd = n < 2;
                all.add(threads.submit(() -> {
                    for (int round = 0; round < 150; round++) {
                        if (atTheEnd) {
                            int past = random.nextInt(500);
                            file.write(new byte[1 + past], SIZE - past);
                        } else {
                            int at = SIZE - PAGE - random.nextInt(SIZE / 2) & -512;
                            file.channel.write(DirectFile.aligned(PAGE, 0), at, TransferFlags.NONE);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
            assertEquals(List.of(), collisions);
            assertTrue(beside > 0, "direct writes ran side by side");
            assertTrue(cached > 0, "some went through the page cache");
            assertEquals(SIZE + 1, file.channel.size());
        }
    }

    private Object watched(Object[] a, ScriptedCalls.Call real) throws Throwable {
        long offset = (Long) a[4];
        Flight flight;
        synchronized (flying) {
            boolean sort = direct.computeIfAbsent((Integer) a[0], this::isDirect);
            flight = new Flight(sort, offset, offset + (Integer) a[3]);
            cached += sort ? 0 : 1;
            for (Flight other : flying) {
                beside += sort && other.direct ? 1 : 0;
                if (flight.collides(other, 2 << 20)) {
                    collisions.add(flight + " beside " + other);
                }
            }
            if (flight.to > SIZE + 1) {
                collisions.add(flight + " past the end");
            }
            flying.add(flight);
        }
        try {
            return real.make(a);
        } finally {
            synchronized (flying) {
                flying.remove(flight);
            }
        }
    }

    private boolean isDirect(int descriptor) {
        return (script.real().fcntl(descriptor, Linux.F_GETFL, 0) & Linux.O_DIRECT) != 0;
    }
}
