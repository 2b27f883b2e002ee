package io.pinion.benchmarks.advisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.advisor.judge.Statistics;
import org.junit.jupiter.api.Test;

/** The advisor's jar has within whatever its statistics need: here, unlike in its own tests, nothing else is there. */
class StatisticsInsideTest {
    private static final double[] TIED = {1.1, 1.1, 1.2, 0.9, 1.3, 1.4};
    private static final double[] ONES = {1, 1, 1, 1, 1, 1};

    @Test
    void ranksThatAreTiedHaveAPValue() {
        double pValue = Statistics.pValue(TIED, ONES);
        assertTrue(pValue > 0 && pValue < 1, () -> "p=" + pValue);
    }

    @Test
    void meansHaveIntervals() {
        assertEquals(1, Statistics.mean(0.5, 1.5).estimate());
    }
}
