package io.pinion.advisor.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    private static final long BURNT = 100_000_000;
    /** The kernel brings the time of another thread up to date at ticks alone, which may be 10 ms apart. */
    private static final long SEEN = BURNT * 8 / 10;

    private final ProcessorTime processor = new ProcessorTime();
    private final CountDownLatch burnt = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread other = new Thread(this::burnAndWait);

    /** Takes so much of the calling thread's time. */
    private static void burn(long nanos) {
        long until = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() + nanos;
        while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() < until) {
            Thread.onSpinWait();
        }
    }

    private void burnAndWait() {
        burn(3 * BURNT);
        burnt.countDown();
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void endOther() throws Exception {
        end.countDown();
        other.join();
    }

    @Test
    void aThreadThatEndsTakesNothingAway() throws Exception {
        other.start();
        burnt.await();
        processor.begin();
        end.countDown();
        other.join();
        burn(BURNT);
        assertThat(processor.nanos()).isGreaterThanOrEqualTo(SEEN);
    }

    @Test
    void aThreadThatIsNewCountsInFull() throws Exception {
        processor.begin();
        other.start();
        burnt.await();
        assertThat(processor.nanos()).isGreaterThanOrEqualTo(3 * SEEN);
    }

    @Test
    void countsSinceItBegan() throws Exception {
        other.start();
        burnt.await();
        burn(BURNT);
        processor.begin();
        assertThat(processor.nanos()).isLessThan(2 * BURNT);
    }
}
