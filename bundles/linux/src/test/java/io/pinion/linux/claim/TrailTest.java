package io.pinion.linux.claim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.claim.Trail.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is noted of writes, and that nothing gets lost between one cut and the next. */
@Timeout(60)
class TrailTest {
    private static final int THREADS = 3;
    private static final int WRITES = 100_000;

    private final Trail trail = new Trail();

    @Test
    void aCutTakesWhatWasNotedAndBeginsAnew() {
        assertEquals(Stretch.NONE, trail.cut());
        trail.add(8192, 4096);
        trail.add(0, 4096);
        assertFalse(trail.isEmpty());
        Stretch first = trail.cut();
        assertEquals(new Stretch(0, 12288, 8192), first);
        assertTrue(trail.isEmpty());
        assertTrue(trail.cut().isEmpty());
        trail.add(first);
        assertEquals(first, trail.cut());
    }

    /** A queue does so with each flush, and allocates nothing then. */
    @Test
    void oneThatIsEmptyAddsNothing() {
        Stretch some = new Stretch(0, 4096, 4096);
        assertSame(some, some.and(Stretch.NONE));
        assertSame(some, Stretch.NONE.and(some));
        assertSame(Stretch.NONE, Stretch.NONE.and(Stretch.NONE));
        assertEquals(new Stretch(0, 12288, 8192), some.and(new Stretch(8192, 12288, 4096)));
    }

    @Test
    void halfOfItMakesARangeDense() {
        assertTrue(new Stretch(0, 8192, 4096).isDense());
        assertFalse(new Stretch(0, 8194, 4096).isDense());
    }

    @Test
    void whatIsNotedBesideACutIsInItOrInTheNext() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                writers.add(threads.submit((Callable<Void>) () -> {
                    for (int write = 0; write < WRITES; write++) {
                        trail.add(0, 1);
                    }
                    return null;
                }));
            }
            long seen = 0;
            boolean over = false;
            while (!over) {
                over = writers.stream().allMatch(Future::isDone);
                seen += trail.cut().bytes();
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertTrue(seen >= THREADS * WRITES, "noted=" + THREADS * WRITES + " cut=" + seen);
        } finally {
            threads.shutdownNow();
            assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        }
    }
}
