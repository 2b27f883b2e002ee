package io.pinion.advisor.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pinion.advisor.Interval;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    /** Student's t for 4 degrees of freedom is 2.7764, and the deviation of 1 to 5 is √2.5. */
    @Test
    void an_interval_of_a_mean_is_students() {
        Interval interval = Statistics.mean(1, 2, 3, 4, 5);

        assertThat(interval.estimate()).isEqualTo(3);
        assertThat(interval.high() - 3).isCloseTo(2.7764 * Math.sqrt(2.5 / 5), within(0.001));
        assertThat(3 - interval.low()).isCloseTo(interval.high() - 3, within(1e-9));
    }

    @Test
    void one_value_leaves_everything_open() {
        assertThat(Statistics.mean(7).low()).isNegative().isInfinite();
        assertThat(Statistics.mean().estimate()).isNaN();
    }

    @Test
    void twice_and_half_cancel_out() {
        Interval ratio = Statistics.ratio(new double[] {2, 1}, new double[] {1, 2});

        assertThat(ratio.estimate()).isCloseTo(1, within(1e-9));
    }

    @Test
    void five_rounds_can_not_be_significant_and_six_can() {
        assertThat(p(5)).isCloseTo(0.0625, within(1e-9));
        assertThat(p(6)).isCloseTo(0.03125, within(1e-9));
        assertThat(p(Judge.LEAST_ROUNDS)).isLessThan(Statistics.ERROR_RATE);
    }

    @Test
    void what_is_the_same_has_no_p() {
        assertThat(Statistics.pValue(new double[] {3, 3, 3}, new double[] {3, 3, 3}))
                .isEqualTo(1);
    }

    private static double p(int rounds) {
        double[] ones = new double[rounds];
        Arrays.fill(ones, 1);
        double[] more = new double[rounds];
        Arrays.setAll(more, round -> 1.5 + round);
        return Statistics.pValue(more, ones);
    }
}
