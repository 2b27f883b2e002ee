package io.pinion.advisor.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StintTest {
    private static final int SIZE = 1 << 20;
    private static final long LONG = TimeUnit.MINUTES.toNanos(1);

    /** Plays requests that take no time until it is over. */
    private static Stint played(long most, long warmUpNanos) throws Exception {
        Positions positions = new Positions(0, 64L * SIZE, SIZE, true, 0, 1);
        Stint stint = new Stint(positions, Stint.Breaks.NONE, warmUpNanos, LONG, most, System.nanoTime() + 2 * LONG);
        stint.start();
        do {
            stint.done(SIZE, 1000);
        } while (stint.goesOn(System.nanoTime()));
        stint.end();
        return stint;
    }

    /** However few bytes it may move: a slow request must not vanish in the warm-up. */
    @Test
    void what_warms_up_takes_nothing_from_what_counts() throws Exception {
        for (long warmUp : new long[] {1, LONG}) {
            Stint stint = played(SIZE, warmUp);
            assertThat(stint.operations()).isEqualTo(1);
            assertThat(stint.moved()).isEqualTo(2L * SIZE);
        }
    }

    @Test
    void a_quarter_more_warms_up() throws Exception {
        Stint stint = played(8L * SIZE, LONG);
        assertThat(stint.operations()).isEqualTo(8);
        assertThat(stint.moved()).isEqualTo(10L * SIZE);
    }
}
