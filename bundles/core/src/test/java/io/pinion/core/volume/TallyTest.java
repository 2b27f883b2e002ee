package io.pinion.core.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.core.volume.Tally.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final int GIB = 1 << 30;

    @Test
    void countsBytesBeyondWhatOneCellHolds() {
        Tally tally = new Tally();
        int stripe = Tally.stripe();
        long operations = 40_000;
        for (long i = 0; i < operations; i++) {
            tally.begin(stripe, Kind.WRITE);
            tally.end(stripe, Kind.WRITE, GIB);
        }
        assertEquals(operations * GIB, tally.bytes(Kind.WRITE));
        assertEquals(operations, tally.ended(Kind.WRITE));
        assertEquals(0, tally.inFlight());
    }

    @Test
    void countsOperationsBeyondWhatTheUpperBitsHold() {
        Tally tally = new Tally();
        int stripe = Tally.stripe();
        for (int i = 0; i < (1 << 20) + 5; i++) {
            tally.begin(stripe, Kind.READ);
            tally.end(stripe, Kind.READ, 1);
        }
        tally.begin(stripe, Kind.READ);
        assertEquals(1, tally.inFlight());
        assertEquals((1 << 20) + 5, tally.bytes(Kind.READ));
    }

    @Test
    void manyThreadsLoseNothing() throws InterruptedException {
        Tally tally = new Tally();
        int each = 50_000;
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            Thread thread = new Thread(() -> {
                int stripe = Tally.stripe();
                for (int i = 0; i < each; i++) {
                    tally.begin(stripe, Kind.READ);
                    tally.end(stripe, Kind.READ, 3);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(8L * each, tally.ended(Kind.READ));
        assertEquals(24L * each, tally.bytes(Kind.READ));
        assertEquals(0, tally.inFlight());
    }
}
