package io.pinion.benchmarks.advisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is made of turns that volumes had. */
class WatchResultTest {
    private static WatchResult of(double watched, double again) {
        Map<String, List<Double>> rates = WatchResult.parse(
                ("plain\t100\nwatched\t%s\nagain\t%s\nsomebody else\nplain\t200\nwatched\t%s\nagain\t%s\n")
                        .formatted(100 * watched, 100 * again, 200 * watched, 200 * again));
        return new WatchResult("", rates, List.of(), List.of());
    }

    @Test
    void ratiosAreThoseOfTheSameRound() {
        WatchResult result = of(0.5, 1.01);
        assertEquals(0.5, result.watched().median(), 1e-9);
        assertEquals(2, result.watched().rounds());
        assertEquals(0.01, result.noise().noise(), 1e-9);
    }

    @Test
    void noiseExcusesAsMuchAsItIsAndNoMore() {
        assertEquals("met", of(0.995, 1.0).outcome());
        assertEquals("**missed**", of(0.97, 1.01).outcome());
        assertEquals("**unclear**", of(0.97, 1.1).outcome());
    }

    @Test
    void olderBuildsStandBesideTheirOwnTurn() {
        WatchResult result = new WatchResult("", Map.of(), List.of(99.0, 202.0), List.of(100.0, 200.0));
        assertEquals(1.0, result.sinceBefore().median(), 1e-9);
    }
}
