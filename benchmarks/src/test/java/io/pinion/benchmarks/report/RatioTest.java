package io.pinion.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RatioTest {
    @Test
    void fewRoundsHaveTheirRange() {
        assertEquals(new Ratio(1.1, 0.9, 1.4, 3), Ratio.of(List.of(1.4, 0.9, 1.1)));
        assertEquals(new Ratio(2, 2, 2, 1), Ratio.of(List.of(2.0)));
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwo() {
        assertEquals(2.5, Ratio.median(4, 1, 3, 2));
    }

    @Test
    void theIntervalOfManyLiesWithinTheirRangeAroundTheMedian() {
        Ratio ratio = Ratio.of(List.of(1.0, 1.1, 0.9, 1.05, 0.95, 1.02, 5.0, 0.2));
        assertEquals(1.01, ratio.median(), 1e-9);
        assertTrue(ratio.low() > 0.2 && ratio.low() < 1, ratio::toString);
        assertTrue(ratio.high() < 5 && ratio.high() > 1.01, ratio::toString);
    }

    @Test
    void theSameNumbersHaveTheSameInterval() {
        List<Double> ratios = List.of(1.0, 1.1, 0.9, 1.05, 0.95, 1.02, 1.2, 0.8);
        assertEquals(Ratio.of(ratios), Ratio.of(ratios));
    }

    /** A true median of 1, in 300 experiments of 9 rounds: the interval has it about 95 times in 100. */
    @Test
    void theIntervalHoldsTheTrueMedianAsOftenAsItSays() {
        Random random = new Random(7);
        int held = 0;
        for (int experiment = 0; experiment < 300; experiment++) {
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < 9; round++) {
                ratios.add(1 + 0.1 * random.nextGaussian());
            }
            Ratio ratio = Ratio.of(ratios);
            held += ratio.low() <= 1 && ratio.high() >= 1 ? 1 : 0;
        }
        assertTrue(held > 300 * 0.90 && held < 300 * 0.995, "held " + held + " of 300");
    }

    @Test
    void aGoalIsMetWhenTheIntervalReachesItAndTheMedianIsWithinTheNoise() {
        assertTrue(new Ratio(1.02, 0.98, 1.05, 8).meets(1, true, 0));
        assertTrue(new Ratio(0.97, 0.93, 1.01, 8).meets(1, true, 0.04));
        assertFalse(new Ratio(0.97, 0.93, 1.01, 8).meets(1, true, 0.02), "the median is too low");
        assertFalse(new Ratio(0.97, 0.93, 0.99, 8).meets(1, true, 0.04), "the interval does not reach it");
    }

    @Test
    void lessThanAGoalIsMetTheOtherWayRound() {
        assertTrue(new Ratio(0.80, 0.78, 0.83, 8).meets(0.85, false, 0));
        assertTrue(new Ratio(0.87, 0.84, 0.91, 8).meets(0.85, false, 0.03));
        assertFalse(new Ratio(0.87, 0.84, 0.91, 8).meets(0.85, false, 0.01));
        assertFalse(new Ratio(0.87, 0.86, 0.91, 8).meets(0.85, false, 0.03));
    }

    @Test
    void noiseIsHowFarTheIntervalGoesFromOne() {
        assertEquals(0.05, new Ratio(1, 0.95, 1.02, 8).noise(), 1e-9);
        assertEquals(0.2, new Ratio(1.1, 1.05, 1.2, 8).noise(), 1e-9);
    }
}
