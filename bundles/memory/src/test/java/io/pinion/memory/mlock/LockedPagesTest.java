package io.pinion.memory.mlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.linux.Errno;
import io.pinion.linux.SystemCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LockedPagesTest {
    private static final long PAGE = 4096;

    private final RecordingCalls recording = new RecordingCalls();
    private final SystemCalls calls = recording.calls();
    private final LockedPages pages = new LockedPages();

    private long add(long from, long to, long limit) {
        return pages.add(calls, from * PAGE, to * PAGE, limit);
    }

    @Test
    void countsPerPage() {
        assertEquals(0, add(10, 20, Bytes.UNLIMITED));
        assertEquals(0, add(15, 30, Bytes.UNLIMITED));
        assertEquals(20 * PAGE, pages.bytes());
        pages.remove(calls, 10 * PAGE, 20 * PAGE);
        assertEquals(15, recording.locked.size());
        assertEquals(15 * PAGE, recording.locked.first());
        pages.remove(calls, 15 * PAGE, 30 * PAGE);
        assertTrue(recording.locked.isEmpty());
        assertEquals(0, pages.bytes());
    }

    @Test
    void aLargeRegionIsOneCall() {
        add(0, 1 << 20, Bytes.UNLIMITED);
        add(0, 1 << 20, Bytes.UNLIMITED);
        assertEquals(1, recording.made);
    }

    @Test
    void overTheLimitNothingChanges() {
        add(0, 10, 12 * PAGE);
        assertEquals(LockedPages.OVER_LIMIT, add(5, 13, 12 * PAGE));
        assertEquals(0, add(5, 12, 12 * PAGE));
        assertEquals(12 * PAGE, pages.bytes());
    }

    @Test
    void whatTheKernelRefusesLeavesNothingLocked() {
        add(4, 6, Bytes.UNLIMITED);
        recording.answers.put("mlock", a -> (Long) a[0] >= 6 * PAGE ? Errno.ENOMEM.result() : 0);
        assertEquals(Errno.ENOMEM.result(), add(0, 10, Bytes.UNLIMITED));
        assertEquals(2, recording.locked.size());
        assertEquals(2 * PAGE, pages.bytes());
        pages.remove(calls, 4 * PAGE, 6 * PAGE);
        assertTrue(recording.locked.isEmpty());
    }

    @Test
    void agreesWithCountingEachPageByItself() {
        Random random = new Random(5);
        Map<Long, Integer> model = new TreeMap<>();
        List<long[]> open = new ArrayList<>();
        for (int step = 0; step < 5000; step++) {
            if (random.nextBoolean() || open.isEmpty()) {
                long from = random.nextInt(60);
                long to = from + 1 + random.nextInt(20);
                add(from, to, Bytes.UNLIMITED);
                open.add(new long[] {from, to});
                for (long page = from; page < to; page++) {
                    model.merge(page * PAGE, 1, Integer::sum);
                }
            } else {
                long[] pin = open.remove(random.nextInt(open.size()));
                pages.remove(calls, pin[0] * PAGE, pin[1] * PAGE);
                for (long page = pin[0]; page < pin[1]; page++) {
                    model.computeIfPresent(page * PAGE, (p, pins) -> pins == 1 ? null : pins - 1);
                }
            }
            assertEquals(model.keySet(), recording.locked, "step=" + step);
            assertEquals(model.size() * PAGE, pages.bytes());
        }
    }
}
