package io.pinion.linux.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WriteRangesTest {
    private static final int CELLS = 64;

    private final WriteRanges ranges = new WriteRanges();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    }

    @Test
    void sharesAndSeparates() throws Exception {
        int shared = ranges.share(0, 100);
        int sharedToo = ranges.share(50, 150);
        int apart = ranges.alone(150, 200);
        Future<Integer> alone = threads.submit(() -> ranges.alone(99, 151));
        assertWaits(alone);
        ranges.leave(shared);
        assertWaits(alone);
        ranges.leave(sharedToo);
        assertWaits(alone);
        ranges.leave(apart);
        ranges.leave(alone.get());
    }

    @Test
    void doesNotLetLaterOnesOvertake() throws Exception {
        int first = ranges.alone(0, 10);
        Future<Integer> second = threads.submit(() -> ranges.alone(5, 100));
        assertWaits(second);
        Future<Integer> third = threads.submit(() -> ranges.share(50, 60));
        assertWaits(third);
        int elsewhere = ranges.share(100, 110);
        ranges.leave(first);
        int taken = second.get();
        assertWaits(third);
        ranges.leave(taken);
        ranges.leave(third.get());
        ranges.leave(elsewhere);
    }

    @Test
    void takesMoreThanItHasRoomFor() throws Exception {
        int[] handles = new int[200];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = i % 3 == 0 ? ranges.alone(i, i + 1) : ranges.share(i, i + 1);
        }
        Future<Integer> all = threads.submit(() -> ranges.alone(0, Long.MAX_VALUE));
        for (int handle : handles) {
            assertWaits(all);
            ranges.leave(handle);
        }
        ranges.leave(all.get());
    }

    @Test
    void whoIsAloneWaitsForQueuesAndQueuesDoNotWait() throws Exception {
        QueuedRanges queue = new QueuedRanges(ranges, 3);
        ranges.add(queue);
        assertTrue(queue.tryShare(0, 0, 100));
        assertTrue(queue.tryShare(2, 50, 150));
        assertFalse(queue.tryShare(0, 500, 600), "a slot that is not left yet");
        assertTrue(ranges.meets(149, 200));
        assertFalse(ranges.meets(150, 200));
        Future<Integer> alone = threads.submit(() -> ranges.alone(99, 151));
        assertWaits(alone);
        assertFalse(queue.tryShare(1, 300, 400), "somebody waits");
        assertFalse(ranges.meets(300, 400));
        queue.leave(0);
        assertWaits(alone);
        queue.leave(2);
        ranges.leave(alone.get());
        assertTrue(queue.tryShare(1, 99, 151));
        ranges.forget(queue);
        ranges.leave(ranges.alone(0, 200));
    }

    @Test
    void interruptedWaitersGoOnWaitingAndStayInterrupted() throws Exception {
        int taken = ranges.alone(0, 10);
        Future<Boolean> waiter = threads.submit(() -> {
            Thread.currentThread().interrupt();
            ranges.leave(ranges.alone(0, 10));
            return Thread.interrupted();
        });
        assertWaits(waiter);
        ranges.leave(taken);
        assertTrue(waiter.get());
    }

    @Test
    void nobodyIsBesideOneThatIsAlone() throws Exception {
        AtomicIntegerArray cells = new AtomicIntegerArray(CELLS);
        Callable<Integer> work = () -> {
            QueuedRanges queue = new QueuedRanges(ranges, 1);
            ranges.add(queue);
            ThreadLocalRandom random = ThreadLocalRandom.current();
            for (int round = 0; round < 20_000; round++) {
                int from = random.nextInt(CELLS);
                int to = Math.min(CELLS, from + 1 + random.nextInt(4));
                boolean alone = random.nextInt(3) == 0;
                boolean queued = !alone && queue.tryShare(0, from, to);
                int handle = alone ? ranges.alone(from, to) : queued ? 0 : ranges.share(from, to);
                for (int cell = from; cell < to; cell++) {
                    int before = cells.getAndAdd(cell, alone ? 1000 : 1);
                    assertTrue(alone ? before == 0 : before < 1000, () -> "beside " + before);
                }
                for (int cell = from; cell < to; cell++) {
                    cells.addAndGet(cell, alone ? -1000 : -1);
                }
                if (queued) {
                    queue.leave(0);
                } else {
                    ranges.leave(handle);
                }
            }
            return 0;
        };
        for (Future<Integer> done : threads.invokeAll(Collections.nCopies(6, work), 50, TimeUnit.SECONDS)) {
            assertEquals(0, done.get());
        }
    }

    private static void assertWaits(Future<?> future) throws ExecutionException, InterruptedException {
        boolean came;
        try {
            future.get(5, TimeUnit.MILLISECONDS);
            came = true;
        } catch (TimeoutException e) {
            came = false;
        }
        assertFalse(came, "it did not wait");
    }
}
