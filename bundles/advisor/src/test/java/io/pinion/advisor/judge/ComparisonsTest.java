package io.pinion.advisor.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pinion.advisor.Comparison;
import io.pinion.advisor.Way;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonsTest {
    private static Comparison of(Made made, double speed) {
        return Comparisons.of(made.of(Way.DIRECT_SYNCHRONOUS, 1000 * speed), made.of(Way.BUFFERED_COLD, 1000));
    }

    @Test
    void ratios_are_those_of_the_rounds() {
        Comparison twice = of(Made.steady(), 2);

        assertThat(twice.speed().estimate()).isCloseTo(2, within(0.01));
        assertThat(twice.cpu().estimate()).isCloseTo(1, within(0.01));
        assertThat(twice.clear()).isTrue();
    }

    @Test
    void within_five_percent_nothing_is_clear_and_beyond_it_is_both_ways() {
        assertThat(of(Made.steady(), 1.04).clear()).isFalse();
        assertThat(of(Made.steady(), 1.06).clear()).isTrue();
        assertThat(of(Made.steady(), 0.97).clear()).isFalse();
        assertThat(of(Made.steady(), 0.94).clear()).isTrue();
    }

    @Test
    void five_rounds_are_not_clear_however_they_agree() {
        assertThat(of(Made.steady().rounds(5), 2).clear()).isFalse();
        assertThat(of(Made.steady().rounds(6), 2).clear()).isTrue();
    }

    /** Both go up and down together, so that their ratio is steady, and yet less than what the buffered way differs from itself. */
    @Test
    void a_difference_within_the_buffered_ways_own_noise_is_not_clear() {
        Made noisy = Made.steady().wobbling(0.1);
        Comparison within = of(noisy, 1.1);

        assertThat(within.speed().low()).isGreaterThan(1.05);
        assertThat(within.noise()).isGreaterThan(0.1);
        assertThat(within.clear()).isFalse();
        assertThat(of(noisy, 1.5).clear()).isTrue();
    }

    @Test
    void buffered_ways_are_not_held_against_each_other() {
        Made made = Made.steady();
        List<Comparison> all = Comparisons.of(
                List.of(
                        made.of(Way.BUFFERED_COLD, 100),
                        made.of(Way.BUFFERED_WARM, 1000),
                        made.of(Way.BUFFERED_UNCACHED, 100),
                        made.of(Way.DIRECT_QUEUED, 100)),
                Way.BUFFERED_WARM);

        assertThat(all).extracting(Comparison::way).containsExactly(Way.BUFFERED_UNCACHED, Way.DIRECT_QUEUED);
        assertThat(all).extracting(Comparison::against).containsOnly(Way.BUFFERED_WARM);
    }
}
