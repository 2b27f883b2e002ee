package io.pinion.benchmarks.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.benchmarks.Work;
import io.pinion.benchmarks.plan.Medium;
import io.pinion.benchmarks.plan.Pattern;
import io.pinion.benchmarks.plan.Span;
import io.pinion.benchmarks.plan.Way;
import io.pinion.benchmarks.plan.Workload;
import io.pinion.benchmarks.plan.Workloads;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What benchmarks/run does, with what Java alone can do, in seconds: a round of samples too short to tell anything. */
class RoundsTest {
    private static final Set<String> WORKLOADS = Set.of(
            "read-4k-8",
            "write-4k-synchronous",
            "read-1m-4",
            "cached-queue",
            "nop",
            "loop-write-4k-32",
            "loop-write-1m-4",
            "zram-read-4k-synchronous");
    private static final long SIZE = 8L << 20;
    private static final long DEVICE_SIZE = 64L << 20;

    @Test
    void aRoundMeasuresEveryWayAndNamesThoseThatAreMissing() throws Exception {
        List<Workload> workloads = Workloads.all().stream()
                .filter(workload -> WORKLOADS.contains(workload.name()))
                .toList();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        Rounds.Outcome outcome;
        try (Peers peers = Peers.ofJava();
                Devices devices = Devices.of(Set.of(Medium.LOOP, Medium.ZRAM), Work.directory(), DEVICE_SIZE);
                PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8)) {
            outcome = Rounds.run(workloads, 3, Duration.ZERO, peers, devices, new Span(0.02, 0.05), SIZE, out);
        }
        assertEquals(1, outcome.rounds(), "the budget is for the first alone");
        assertEquals(WORKLOADS.size(), outcome.workloads().size());
        outcome.workloads().forEach(RoundsTest::check);
        assertTrue(
                outcome.firstUse().first().get(0) > outcome.firstUse().second().get(0));
        String progress = told.toString(StandardCharsets.UTF_8);
        long samples = progress.lines().count();
        assertTrue(progress.contains("[" + samples + "/" + 3 * samples), progress);
        assertTrue(progress.contains(" left] "), progress);
    }

    private static void check(Measured measured) {
        Workload workload = measured.workload();
        if (measured.titles().isEmpty()) {
            assertTrue(workload.medium() != Medium.FILE, workload.name());
            assertTrue(measured.missing().get("all ways").startsWith("needs "), measured.missing()::toString);
            return;
        }
        for (Way way : workload.peers()) {
            assertEquals(!way.isJava(), measured.missing().containsKey(way.title()), way + ", " + measured.missing());
        }
        for (String title : measured.titles()) {
            assertEquals(1, measured.samples(title).size(), title);
            Sample sample = measured.samples(title).get(0);
            assertTrue(sample.rate() > 0 && sample.cpu() > 0 && sample.thread() > 0, workload.name() + sample);
        }
        if (workload.own() != Way.RING) {
            assertTrue(
                    measured.notes().contains("100 % without a copy"),
                    measured.notes().toString());
        }
        if (workload.own() == Way.QUEUE && workload.shape().pattern() != Pattern.CACHED) {
            assertFalse(measured.notes().contains("rings: 0"), measured.notes().toString());
        }
    }
}
