package io.pinion.core.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.pinion.core.volume.Cell.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void countsWhatBeginsAndEnds() {
        Cell cell = tally.cell();
        assertEquals(0, cell.begin(Kind.READ));
        assertEquals(1, tally.inFlight());
        cell.end(Kind.READ, 7);
        assertEquals(1, cell.begin(Kind.READ));
        cell.retract(Kind.READ);
        assertEquals(0, tally.inFlight());
        assertEquals(1, tally.ended(Kind.READ));
        assertEquals(7, tally.bytes(Kind.READ));
    }

    @Test
    void moreThreadsThanCellsLoseNothing() throws InterruptedException {
        int each = 20_000;
        CountDownLatch together = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 200; t++) {
            Thread thread = new Thread(() -> {
                try {
                    together.await();
                } catch (InterruptedException e) {
                    return;
                }
                Cell cell = tally.cell();
                for (int i = 0; i < each; i++) {
                    cell.begin(Kind.WRITE);
                    cell.end(Kind.WRITE, 3);
                }
            });
            thread.start();
            threads.add(thread);
        }
        together.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(200L * each, tally.ended(Kind.WRITE));
        assertEquals(600L * each, tally.bytes(Kind.WRITE));
        assertEquals(0, tally.inFlight());
    }

    @Test
    void aThreadKeepsItsCellAndAnEndedThreadGivesItsBack() throws InterruptedException {
        Cell mine = tally.cell();
        assertSame(mine, tally.cell());
        for (int i = 0; i < 500; i++) {
            Thread thread = new Thread(() -> {
                assertNotSame(mine, tally.cell());
                tally.cell().begin(Kind.OTHER);
                tally.cell().end(Kind.OTHER, 0);
            });
            thread.start();
            thread.join();
            tally.sweep();
        }
        assertEquals(500, tally.ended(Kind.OTHER));
        assertSame(mine, tally.cell());
    }
}
