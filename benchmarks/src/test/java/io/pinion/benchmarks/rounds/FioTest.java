package io.pinion.benchmarks.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.benchmarks.plan.Kind;
import io.pinion.benchmarks.plan.Pattern;
import io.pinion.benchmarks.plan.Shape;
import io.pinion.benchmarks.plan.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FioTest {
    private static final Span SPAN = new Span(1.5, 2);
    private static final Path FILE = Path.of("file");

    @Test
    void processorTimeIsAShareOfTheRunAmongItsOperations() throws IOException {
        String json = "{ \"read\" : { \"iops\" : 0.0 }, \"write\" : { \"iops\" : 50000.0 },"
                + " \"usr_cpu\" : 30.0, \"sys_cpu\" : 20.0 }";
        Sample sample = Fio.sample(json);
        assertEquals(50_000, sample.rate());
        assertEquals(10_000, sample.cpu(), 1e-6);
        assertTrue(Double.isNaN(sample.p50()));
    }

    @Test
    void aJobThatDidNothingIsNoSample() {
        assertThrows(IOException.class, () -> Fio.sample("{ \"iops\" : 0.000000 }"));
    }

    @Test
    void itHasTheFlagsAndTheBatchOfItsPeers() {
        List<String> random = Fio.command(new Shape(Kind.READ, Pattern.RANDOM, 4096, 32, 8), FILE, SPAN, true);
        assertTrue(random.containsAll(List.of(
                "--rw=randread",
                "--direct=1",
                "--fixedbufs",
                "--registerfiles",
                "--iodepth=32",
                "--iodepth_batch_submit=8",
                "--iodepth_batch_complete_min=8",
                "--iomem=mmaphuge",
                "--ramp_time=1500ms",
                "--runtime=2000ms")));
        List<String> large = Fio.command(new Shape(Kind.WRITE, Pattern.SEQUENTIAL, 1 << 20, 4, 1), FILE, SPAN, false);
        assertTrue(large.containsAll(List.of("--rw=write", "--size=268435456", "--fdatasync=256")), large.toString());
        assertFalse(large.contains("--iomem=mmaphuge"));
    }
}
