package io.pinion.benchmarks.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pinion.benchmarks.plan.Kind;
import io.pinion.benchmarks.plan.Pattern;
import io.pinion.benchmarks.plan.Shape;
import io.pinion.benchmarks.plan.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DdTest {
    private static final Span ONE_PASS = new Span(0, 0);

    @TempDir
    private Path directory;

    private Dd dd(Kind kind) {
        return Dd.of(new Shape(kind, Pattern.SEQUENTIAL, 1 << 20, 1, 1), directory.resolve("tape.tap"));
    }

    @Test
    void itHasTheRecordsAndTheFlushOfItsPeer() {
        String file = directory.resolve("tape.tap.dd").toString();
        assertEquals(
                List.of("dd", "if=/dev/zero", "of=" + file, "bs=1048576", "count=256", "conv=fdatasync"),
                dd(Kind.WRITE).command());
        Shape shape = new Shape(Kind.WRITE, Pattern.SEQUENTIAL, 1 << 20, 1, 1);
        assertEquals(
                List.of("dd", "if=/dev/zero", "of=" + file, "bs=1048584", "count=256", "conv=fdatasync"),
                Dd.framed(shape, directory.resolve("tape.tap")).command());
        assertEquals(
                List.of("dd", "if=" + file, "of=/dev/null", "bs=1048576"),
                dd(Kind.READ).command());
    }

    @Test
    void itsTimesAreThoseOfItsProcess() throws Exception {
        Sample sample = dd(Kind.READ).sample(ONE_PASS);
        assertEquals(Pattern.PASS, Files.size(directory.resolve("tape.tap.dd")));
        assertTrue(sample.rate() > 0 && sample.cpu() > 0, sample.toString());
        assertTrue(sample.cpu() * sample.rate() <= 1.1e9, "one thread: " + sample);
        Dd.deleteFile(directory.resolve("tape.tap"));
        assertTrue(Files.notExists(directory.resolve("tape.tap.dd")));
    }
}
