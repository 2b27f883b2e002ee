package io.pinion.benchmarks.plan;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpanTest {
    private static final Span SPAN = new Span(4, 1.5);

    private static long seconds(int count) {
        return TimeUnit.SECONDS.toNanos(count);
    }

    @Test
    void aFastLoadIsWarmInTime() {
        assertFalse(SPAN.isWarm(seconds(4) - 1, 1_000_000));
        assertTrue(SPAN.isWarm(seconds(4), 80_000));
        assertTrue(SPAN.isWarm(seconds(4), Long.MAX_VALUE));
    }

    @Test
    void aSlowOneHasMoreTimeButNotForEver() {
        assertFalse(SPAN.isWarm(seconds(4), 79_999));
        assertFalse(SPAN.isWarm(seconds(32) - 1, 79_999));
        assertTrue(SPAN.isWarm(seconds(31), 80_000));
        assertTrue(SPAN.isWarm(seconds(32), 1));
    }

    @Test
    void withoutAWarmUpEverythingIsWarm() {
        assertTrue(new Span(0, 0).isWarm(0, 0));
    }
}
