package io.pinion.benchmarks.advisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What phases come to. */
class AutoResultTest {
    private static final List<Phase> PHASES = List.of(
            new Phase(Phase.Kind.HOT, Duration.ofSeconds(2)), new Phase(Phase.Kind.COLD, Duration.ofSeconds(3)));

    private static Timeline timeline(String swaps, long... bytes) throws IOException {
        StringBuilder printed = new StringBuilder("[a line of somebody else]\n" + swaps);
        for (int second = 0; second < bytes.length; second++) {
            printed.append("second\t")
                    .append(second)
                    .append('\t')
                    .append(bytes[second])
                    .append('\n');
        }
        return Timeline.parse(PHASES, printed + "why\t0\tit is so\nwhy\t1\tit changed\nwhy\t1\tand stays\n");
    }

    private static AutoResult result(Timeline... autos) throws IOException {
        List<Map<String, Timeline>> passes = new ArrayList<>();
        for (Timeline auto : autos) {
            passes.add(Map.of(
                    "buffered",
                    timeline("", 100, 100, 10, 10, 10),
                    AutoResult.AUTO,
                    auto,
                    "direct",
                    timeline("", 5, 5, 30, 30, 30)));
        }
        return new AutoResult("", passes, List.of());
    }

    /** The mean of the speeds, and the most of the swaps. */
    @Test
    void passesCountTogether() throws IOException {
        AutoResult result = result(
                timeline("", 100, 100, 30, 30, 30),
                timeline("swap\t2100\tbuffered\tdirect\ta trial\n", 80, 80, 24, 24, 24));
        assertEquals(0.9, result.ratio(0), 1e-9);
        assertEquals(List.of(1.0, 0.8), result.ratios(1));
        assertEquals(1, result.swaps(1));
        assertTrue(result.isMet(0) && result.isMet(1));
    }

    @Test
    void eachPhaseIsHeldAgainstTheBetterChoice() throws IOException {
        AutoResult result = result(timeline("swap\t2100\tbuffered\tdirect\ta trial\n", 100, 98, 27, 27, 27));
        assertEquals("buffered", result.better(0));
        assertEquals(0.99, result.ratio(0), 1e-9);
        assertEquals("direct", result.better(1));
        assertEquals(0.90, result.ratio(1), 1e-9);
        assertEquals(0, result.swaps(0));
        assertEquals(1, result.swaps(1));
        assertTrue(result.isMet(0) && result.isMet(1));
    }

    @Test
    void aPhaseIsMissedByItsSpeedOrItsSwaps() throws IOException {
        String swaps = "swap\t2100\tbuffered\tdirect\ta trial\nswap\t4000\tdirect\tbuffered\tlost\n";
        AutoResult flapping = result(timeline(swaps, 89, 89, 30, 30, 30));
        assertFalse(flapping.isMet(0), "0.89");
        assertFalse(flapping.isMet(1), "two swaps");
    }

    @Test
    void aSwapAfterTheLastSecondIsTheLastPhases() throws IOException {
        Timeline timeline = timeline("swap\t5002\tbuffered\tdirect\ta trial\n", 1, 1, 1, 1, 1);
        assertEquals(1, timeline.swaps(1).size());
        assertEquals("a trial", timeline.swaps(1).get(0).cause());
    }

    @Test
    void whatWasSaidBelongsToItsPhase() throws IOException {
        assertEquals(
                List.of(List.of("it is so"), List.of("it changed", "and stays")),
                timeline("", 1, 1, 1, 1, 1).whys());
    }

    @Test
    void aRunThatEndedEarlyIsNone() {
        assertThrows(IOException.class, () -> timeline("", 1, 1));
    }

    @Test
    void phasesAreArgumentsAndBack() {
        PHASES.forEach(phase -> assertEquals(phase, Phase.of(phase.text())));
    }
}
