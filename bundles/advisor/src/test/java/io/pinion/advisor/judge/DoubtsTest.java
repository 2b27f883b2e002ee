package io.pinion.advisor.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.advisor.Confounder;
import io.pinion.advisor.Measured;
import io.pinion.advisor.Way;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoubtsTest {
    private static List<Confounder> of(List<Measured> figures) {
        return Doubts.of(figures, Comparisons.of(figures, Way.BUFFERED_COLD));
    }

    @Test
    void ways_that_all_come_out_the_same_are_somebodys_limit() {
        Made steady = Made.steady();
        List<Confounder> doubts = of(List.of(
                steady.of(Way.BUFFERED_COLD, 1000),
                steady.of(Way.BUFFERED_WARM, 90_000),
                steady.of(Way.DIRECT_SYNCHRONOUS, 1030)));

        assertThat(doubts).extracting(Confounder::kind).containsExactly(Confounder.Kind.RATE_LIMITED);
        assertThat(doubts.get(0).text()).contains("4 KiB", "MiB/s");
    }

    @Test
    void ways_that_differ_are_not() {
        Made steady = Made.steady();

        assertThat(of(List.of(steady.of(Way.BUFFERED_COLD, 1000), steady.of(Way.DIRECT_SYNCHRONOUS, 1200))))
                .isEmpty();
    }

    @Test
    void neither_are_ways_that_come_out_the_same_by_chance() {
        Made unsteady = Made.steady().wobbling(0.03);

        assertThat(of(List.of(unsteady.of(Way.BUFFERED_COLD, 1000), unsteady.of(Way.DIRECT_SYNCHRONOUS, 1000))))
                .isEmpty();
    }

    @Test
    void a_buffered_way_that_differs_from_itself_is_noise() {
        Made noisy = Made.steady().wobbling(0.15);
        List<Confounder> doubts =
                of(List.of(noisy.of(Way.BUFFERED_COLD, 1000), noisy.of(Way.DIRECT_SYNCHRONOUS, 3000)));

        assertThat(doubts).extracting(Confounder::kind).containsExactly(Confounder.Kind.NOISE);
        assertThat(doubts.get(0).text()).contains("buffered cold differs from itself by ±");
    }
}
