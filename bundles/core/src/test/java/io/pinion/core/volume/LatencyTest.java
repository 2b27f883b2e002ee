package io.pinion.core.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pinion.volume.LatencySummary;
import io.pinion.volume.LatencySummary.Bucket;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private final Latency latency = new Latency();

    private long atMost(long nanos) {
        return latency.summary().buckets().stream()
                .filter(bucket -> bucket.atMost() == nanos)
                .mapToLong(Bucket::count)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void bucketsHoldThoseOfTheSmallerOnesToo() {
        latency.record(700);
        latency.record(1_500);
        latency.record(4_000_000);
        latency.record(20_000_000_000L);
        assertEquals(1, atMost(1_000));
        assertEquals(2, atMost(2_000));
        assertEquals(2, atMost(2_000_000));
        assertEquals(3, atMost(5_000_000));
        assertEquals(3, atMost(10_000_000_000L));
        LatencySummary summary = latency.summary();
        assertEquals(4, summary.samples());
        assertEquals(22, summary.buckets().size());
        assertEquals(20_004_002_200L, summary.sum(), 200_000_000);
    }

    @Test
    void aValueOnABoundIsWithinIt() {
        latency.record(1_000);
        latency.record(5_000_000_000L);
        assertEquals(1, atMost(1_000));
        assertEquals(2, atMost(5_000_000_000L));
    }
}
